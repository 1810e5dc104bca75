"""Contacts of customers: what a file's cells say of them, and the files that other tools take."""
