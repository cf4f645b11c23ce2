"""curl's options: which of them take a value (https://curl.se/docs/manpage.html)."""

from typing import Final

# Short options with a value, and the long name of those that are read.
SHORT_WITH_VALUE: Final = {
    "A": "user-agent",
    "b": "cookie",
    "d": "data",
    "e": "referer",
    "F": "form",
    "H": "header",
    "T": "upload-file",
    "u": "user",
    "X": "request",
} | dict.fromkeys("cCDEKmoPQrtUwxyYz", "")
SHORT_FLAGS: Final = {"G": "get", "I": "head", "k": "insecure"}

# Long options with a value that says nothing about the request, beside those that `curl` reads.
_OTHERS: Final = """
    abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
    continue-at cookie-jar create-file-mode crlfile curves delegation dns-interface dns-ipv4-addr dns-ipv6-addr
    dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save expect100-timeout ftp-account
    ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip hostpubmd5
    hostpubsha256 hsts interface ip-tos ipfs-gateway keepalive-cnt keepalive-time key key-type krb libcurl limit-rate
    local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy output
    output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath
    proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass
    proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser
    proxy-user proxy1.0 pubkey quote random-file range rate request-target resolve retry retry-delay retry-max-time
    sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr
    telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii
    trace-config unix-socket variable vlan-priority write-out
"""
DATA_OPTIONS: Final = frozenset({"data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json"})
_READ: Final = DATA_OPTIONS | {
    "cookie",
    "form",
    "form-string",
    "header",
    "oauth2-bearer",
    "referer",
    "request",
    "upload-file",
    "url",
    "url-query",
    "user",
    "user-agent",
}
LONG_WITH_VALUE: Final = frozenset(_OTHERS.split()) | _READ
