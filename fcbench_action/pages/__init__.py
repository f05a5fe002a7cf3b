"""Pages: records and scorecards in, the site and the Markdown of the results tree out."""
