"""`python -m stocktake.cli` is `stocktake`."""

from stocktake.cli.main import main

main()
