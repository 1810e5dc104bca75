"""The rules of the field, pure: no files, no engines, no clocks, no environment."""
