"""From a file of any form to rows of texts: what kind it is, its encoding, its separator, its sheets."""
