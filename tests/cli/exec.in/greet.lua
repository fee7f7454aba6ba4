local words = require("words")
print(words.hello, ...)
