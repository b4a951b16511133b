"""Who may import and undo imports."""

import rules

from stocktake.kernel.accounts.rules import is_secretariat

rules.add_perm("exchange.import", is_secretariat)
rules.add_perm("exchange.draft", is_secretariat)
