"""One module a command of `lofte-engine`."""
