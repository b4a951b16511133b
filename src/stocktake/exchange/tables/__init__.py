"""Tables (CSV, XLSX): rows into the register."""
