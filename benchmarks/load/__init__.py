"""What the site bears: many people at once, a million customers, releases swapped under them."""
