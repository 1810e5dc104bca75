"""Commands about saved audiences."""
