"""From the texts of cells to typed values: dates, numbers, ids, the money of a line."""
