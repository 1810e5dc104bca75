"""What rows say of their columns: rivals parted, orders filled down, the money decided."""
