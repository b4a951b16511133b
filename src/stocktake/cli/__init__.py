"""Floor 4: `stocktake <noun> <verb>`; one module per noun, each exposing `group`."""
