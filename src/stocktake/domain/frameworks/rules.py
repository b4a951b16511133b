"""Who may load frameworks; reading them is open to everybody."""

import rules

from stocktake.kernel.accounts.rules import is_administrator

rules.add_perm("frameworks.load", is_administrator)
