"""Publishing: a results tree into a git repository, and the pull request that offers it for review."""
