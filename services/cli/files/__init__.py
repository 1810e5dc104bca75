"""Commands that read a file of transactions or of customers, and what they print."""
