"""What the site costs, beside a no-op callback and a dashboard as the usual guide writes it."""
