local y = 1
