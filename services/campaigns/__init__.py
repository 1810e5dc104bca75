"""Campaigns: what the site keeps of them, joined with a release. Audiences, and what came of them."""
