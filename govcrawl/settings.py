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
WAIT_FOR_LOCK = (
    0  # seconds to wait for another process that writes into OUTPUT_DIR; then the crawl is refused
)
OCR = True  # where the extra of that name is installed, reads images and scanned pages; seconds a page
LIBREOFFICE = True  # where it is installed, opens old or damaged office files that our readers refuse
RECHECK_DAYS = 90  # then a stored report is looked at again, a few in each run; 0 looks at all of them now
ATTACHMENTS = "needed"  # files attached to report pages: those that a report or its tables are in, all, none
QUIET_SHARE = 0.08  # from May to mid-January: requests for known listings, per report known; the rest waits
WEBHOOK_URL = None  # where the summary of a run is sent as JSON when it has ended; the operator's own address
WEBHOOK_TIMEOUT = 10  # seconds: the end of a crawl must not hang on it
PROMETHEUS_FILE = None  # a .prom file for node_exporter's textfile collector, replaced at the end of a run

# --- politeness: county servers are slow and shared --------------------------------------------------

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "govcrawl"  # what a robots.txt would name, without version and contact
USER_AGENT = f"govcrawl/{__version__} (annual disclosure reports)"  # no browser's disguise
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one connection per host
ONE_CONNECTION_PER_ADDRESS = True  # and per server: the counties of a prefecture share one and its firewall
PORTALS_AT_ONCE = 200  # crawled in parallel; Scrapy's choice of the next host slows down with more than 300
CONCURRENT_REQUESTS = 256  # more than PORTALS_AT_ONCE: a waiting host must not hold up the others
DOWNLOAD_DELAY = 3.0  # seconds between two requests to a host, at least; DOWNLOAD_DELAY_JITTER varies it
AUTOTHROTTLE_ENABLED = True  # slow servers are asked more slowly
AUTOTHROTTLE_START_DELAY = 3.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.5
RETRY_BACKOFF = 2.0  # seconds before the second try of a request, twice as long before each further one
RETRY_AFTER_MAX = 300  # seconds that a Retry-After may hold up a host; longer ends its portal's run
CRAWL_DELAY_MAX = 60  # seconds between two requests that a robots.txt may ask for
CRAWL_HOURS = None  # such as "22:00-07:00" in Beijing time: outside them nothing is asked and the run ends
HOST_REQUESTS_PER_DAY = 5000  # per host, over all runs of a day in Beijing; 0 for no limit
TLS_EXCEPTIONS = True  # a host whose TLS fails strictly is asked less strictly, which is recorded
DOWNLOAD_VERIFY_CERTIFICATES = True  # strict first; Scrapy checks none
HOST_EXCEPTION_DAYS = 30  # after that an exception has to prove again that it is needed
BROWSER = False  # draw pages that are empty until scripts have run; needs the extra of that name
BROWSER_EXECUTABLE = None  # path of a Chromium; without it Playwright's own or an installed one
BROWSER_TIMEOUT = 120  # seconds for one page with all that its scripts ask for, each at the host's pace
DOWNLOAD_TIMEOUT = 60  # real pages take up to 8 s; 180 s would hold a host for nothing
RETRY_TIMES = 2  # the ledger tries again in the next run
COOKIES_ENABLED = False  # no session is wanted, and cookie handling asks the network for a domain list

# --- speed: measured on portal pages ------------------------------------------------------------------

CONCURRENT_ITEMS = 4  # 37 % more pages a second than Scrapy's 100: it is a number of tasks per response
REACTOR_THREADPOOL_MAXSIZE = 30  # name look-ups of many hosts at the start

RUN_PART = None  # set by `govcrawl crawl` for each of the processes that make its run together
READING_PROCESSES = None  # that read documents beside the crawl: a core each; 0 reads in the crawl itself

# --- defence ------------------------------------------------------------------------------------------

TELNETCONSOLE_ENABLED = False  # nothing listens
REMOTE_CONTROL_ENABLED = False  # nor here: it would run what is sent to it
DOWNLOAD_HANDLERS = {
    "file": None,  # a link must not read our disk
    "ftp": None,
    "data": None,
    "s3": None,
    "http": "govcrawl.crawl.transport.Transport",
    "https": "govcrawl.crawl.transport.Transport",
}
INNER_NETWORKS: list[str] = []  # such as 10.1.0.0/16: connected to though they are not public
DOWNLOAD_MAXSIZE = 64 * 2**20  # 1 GiB of Scrapy's would be held in memory
DOWNLOAD_WARNSIZE = 16 * 2**20
READING_TIMEOUT = 20.0  # seconds to read one document; a report takes a thirtieth of one
READING_MEMORY_MB = 2048  # for one document: recognising a scan takes 1.3 GB of address space
METAREFRESH_ENABLED = False  # discovery follows a page's redirection itself, inside the portal only

# --- parts ----------------------------------------------------------------------------------------------

DOWNLOADER_MIDDLEWARES = {
    "govcrawl.crawl.browser.BrowserMiddleware": 20,  # last to see an answer
    "govcrawl.crawl.schemes.SchemeMiddleware": 30,  # last to see an error, when all retries are spent
    "govcrawl.crawl.rests.RestMiddleware": 35,  # before a request is counted
    "govcrawl.crawl.scope.ScopeMiddleware": 40,  # before robots.txt is asked for
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "govcrawl.crawl.robots_middleware.Robots": 100,  # in its place
    "govcrawl.crawl.keeping.Keeping": 580,  # sees whole bodies, decompressed
    "govcrawl.crawl.whole.WholePages": 585,  # and this one after that
    "govcrawl.crawl.whole.WholeBodies": 595,  # sees bodies before they are decompressed
    "govcrawl.crawl.keeping.KeepingRedirects": 605,  # sees redirects before they are followed
    "govcrawl.crawl.challenges.Challenges": 610,  # sees redirects before they are followed
    "govcrawl.crawl.conditional.Conditional": 620,  # gives archived pages before anything looks at answers
    "govcrawl.crawl.slots.SlotMiddleware": 800,  # knows whether a proxy is used
}
ITEM_PIPELINES = {"govcrawl.crawl.pipelines.StorePipeline": 300}
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,  # see defence; not even loaded
    "scrapy.extensions.remote_control.RemoteControl": None,
    "govcrawl.crawl.run.RunReport": 10,
    "govcrawl.crawl.progress.Progress": 20,
    "govcrawl.crawl.stopping.Stopping": 30,
    "govcrawl.crawl.telling.Telling": 40,
    "govcrawl.crawl.presence.Presence": 50,
}

# --- logs -----------------------------------------------------------------------------------------------

LOG_LEVEL = "INFO"  # DEBUG costs a third of the speed
LOG_FORMATTER = "govcrawl.crawl.logs.QuietItems"
REQUEST_LOG_BYTES = 50 * 2**20  # logs/<run>-requests.jsonl, a line a request; 0 for none
LOG_VERSIONS: list[str] = []
FEED_EXPORT_ENCODING = "utf-8"
