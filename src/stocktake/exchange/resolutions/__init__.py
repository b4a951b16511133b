"""Texts of resolutions and reports into the register: checked imports, and drafts to correct."""
