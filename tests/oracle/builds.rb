# Builds a Jekyll site: builds.rb SITE DESTINATION [CONFIG...]. Used by builds.py.
require_relative "jekyll"
%w(jekyll-feed jekyll-seo-tag).each do |name|
  require name
rescue LoadError
  nil
end

site, destination, *configs = ARGV
Dir.chdir(site)
define_missing_tags

installed = { "plugins" => [], "gems" => [], "theme" => nil, "remote_theme" => nil }
# Without a fixed time, two builds differ.
fixed = { "time" => "2026-01-01 00:00:00 +0000", "disable_disk_cache" => true, "incremental" => false, "lsi" => false, "highlighter" => "rouge" }
given = { "destination" => destination, "quiet" => true }
given["config"] = configs unless configs.empty?
source = ENV["SOURCE"]
given["source"] = source if source
config = Jekyll.configuration(given.merge(installed, fixed))
config["theme"] = nil
config["markdown"] = "kramdown" if config["markdown"] == "redcarpet"
Jekyll.logger.log_level = :error
Jekyll::Site.new(config).process
