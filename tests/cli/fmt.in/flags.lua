local flags = 1 << 2 | 1
