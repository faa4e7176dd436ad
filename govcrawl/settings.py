"""Scrapy settings: every value that differs from Scrapy's own, with the reason beside it."""

from govcrawl import __version__

BOT_NAME = "govcrawl"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "govcrawl.crawl.commands"  # scrapy crawl with exit statuses that mean something

# --- what users set ----------------------------------------------------------------------------------

OUTPUT_DIR = "output"
REGISTRY_FILE = None  # a registry of one's own beside the shipped one
CONTACT = None  # URL or mail address that a server's keeper can turn to; goes into the user agent
PORTAL_REQUEST_BUDGET = 60  # requests a portal may cost beyond its listings and reports: the last guard
REDISCOVER_DAYS = 30  # until then a crawl starts at the listings found before; 0 looks at the whole portal
QUIET_SHARE = 0.08  # from May to mid-January: requests for known listings, per report known; the rest waits

# --- politeness: county servers are slow and shared --------------------------------------------------

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "govcrawl"  # what a robots.txt would name, without version and contact
USER_AGENT = f"govcrawl/{__version__} (annual disclosure reports)"  # no browser's disguise
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one connection per host
CONCURRENT_REQUESTS = 64  # all hosts in parallel: about request rate times latency
DOWNLOAD_DELAY = 3.0  # seconds between two requests to a host, at least; DOWNLOAD_DELAY_JITTER varies it
AUTOTHROTTLE_ENABLED = True  # slow servers are asked more slowly
AUTOTHROTTLE_START_DELAY = 3.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.5
DOWNLOAD_TIMEOUT = 60  # real pages take up to 8 s; 180 s would hold a host for nothing
RETRY_TIMES = 2  # the ledger tries again in the next run
COOKIES_ENABLED = False  # no session is wanted, and cookie handling asks the network for a domain list

# --- speed: measured on portal pages ------------------------------------------------------------------

CONCURRENT_ITEMS = 4  # 37 % more pages a second than Scrapy's 100: it is a number of tasks per response
REACTOR_THREADPOOL_MAXSIZE = 30  # name look-ups of many hosts at the start

# --- defence ------------------------------------------------------------------------------------------

TELNETCONSOLE_ENABLED = False  # nothing listens
REMOTE_CONTROL_ENABLED = False  # nor here: it would run what is sent to it
DOWNLOAD_HANDLERS = {"file": None, "ftp": None, "data": None, "s3": None}  # a link must not read our disk
DOWNLOAD_MAXSIZE = 64 * 2**20  # 1 GiB of Scrapy's would be held in memory
DOWNLOAD_WARNSIZE = 16 * 2**20
METAREFRESH_ENABLED = False  # discovery follows a page's redirection itself, inside the portal only

# --- parts ----------------------------------------------------------------------------------------------

DOWNLOADER_MIDDLEWARES = {
    "govcrawl.crawl.scope.ScopeMiddleware": 40,  # before robots.txt is asked for
    "govcrawl.crawl.whole.WholeBodies": 595,  # sees bodies before they are decompressed
    "govcrawl.crawl.challenges.Challenges": 610,  # sees redirects before they are followed
}
ITEM_PIPELINES = {"govcrawl.crawl.pipelines.StorePipeline": 300}
EXTENSIONS = {
    "govcrawl.crawl.run.RunReport": 10,
    "govcrawl.crawl.progress.Progress": 20,
}

# --- logs -----------------------------------------------------------------------------------------------

LOG_LEVEL = "INFO"  # DEBUG costs a third of the speed
LOG_FORMATTER = "govcrawl.crawl.logs.QuietItems"
LOG_VERSIONS: list[str] = []
FEED_EXPORT_ENCODING = "utf-8"
