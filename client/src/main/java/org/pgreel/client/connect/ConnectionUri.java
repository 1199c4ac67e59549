package org.pgreel.client.connect;

import java.util.Map;
import java.util.StringJoiner;

/**
 * A connection URI: {@code postgresql://user:password@host:port,host:port/dbname?keyword=value&…}, every part optional.
 *
 * <p>As in libpq, a list of hosts, an IPv6 address in brackets and a directory of sockets in percent coding are hosts.
 */
final class ConnectionUri {

    private static final String[] SCHEMES = {"postgresql://", "postgres://"};

    private final String text;
    private final Map<Keyword, String> found = ConnectionString.nothing();
    private int at;

    ConnectionUri(String text) {
        this.text = text;
    }

    static boolean isOne(String text) {
        return text.startsWith(SCHEMES[0]) || text.startsWith(SCHEMES[1]);
    }

    Map<Keyword, String> parameters() {
        at = text.startsWith(SCHEMES[0]) ? SCHEMES[0].length() : SCHEMES[1].length();
        credentials();
        hosts();
        if (at < text.length() && text.charAt(at) == '/') {
            at++;
            storeUnlessEmpty(Keyword.DBNAME, at, scan("?"));
        }
        if (at < text.length()) {
            at++;
            query();
        }
        return found;
    }

    /** What stands before the first {@code @}, if that comes before the first slash. */
    private void credentials() {
        int begin = at;
        int end = scan("@/");
        if (end == text.length() || text.charAt(end) != '@') {
            at = begin;
            return;
        }
        int colon = text.substring(begin, end).indexOf(':');
        int userEnd = colon < 0 ? end : begin + colon;
        storeUnlessEmpty(Keyword.USER, begin, userEnd);
        if (colon >= 0) {
            storeUnlessEmpty(Keyword.PASSWORD, userEnd + 1, end);
        }
        at = end + 1;
    }

    private void hosts() {
        int begin = at;
        StringJoiner hosts = new StringJoiner(",");
        StringJoiner ports = new StringJoiner(",");
        boolean more;
        do {
            hosts.add(at < text.length() && text.charAt(at) == '[' ? bracketed() : text.substring(at, scan(":/?,")));
            int portAt = at + 1;
            ports.add(at < text.length() && text.charAt(at) == ':' ? text.substring(portAt, scan("/?,")) : "");
            more = at < text.length() && text.charAt(at) == ',';
            if (more) {
                at++;
            }
        } while (more);
        storeDecoded(Keyword.HOST, begin, hosts.toString());
        storeDecoded(Keyword.PORT, begin, ports.toString());
    }

    private String bracketed() {
        int begin = ++at;
        int end = scan("]");
        if (end == text.length()) {
            throw new ConnectionStringException(begin, "the bracket that begins an IPv6 address here has no end");
        }
        if (end == begin) {
            throw new ConnectionStringException(begin, "the IPv6 address in brackets is empty");
        }
        at = end + 1;
        if (at < text.length() && ":/?,".indexOf(text.charAt(at)) < 0) {
            throw new ConnectionStringException(
                    at + 1, "behind an IPv6 address only \":\", \"/\", \"?\" or \",\" may stand");
        }
        return text.substring(begin, end);
    }

    private void query() {
        while (at < text.length()) {
            int begin = at;
            int wordEnd = scan("=&");
            if (wordEnd == text.length() || text.charAt(wordEnd) == '&') {
                throw new ConnectionStringException(begin + 1, "\"=\" is missing in this query parameter");
            }
            int valueBegin = ++at;
            int valueEnd = scan("=&");
            if (valueEnd < text.length() && text.charAt(valueEnd) == '=') {
                throw new ConnectionStringException(valueEnd + 1, "a second \"=\" in one query parameter; write %3D");
            }
            String word = PercentCoding.decode(text.substring(begin, wordEnd), begin);
            String value = PercentCoding.decode(text.substring(valueBegin, valueEnd), valueBegin);
            parameter(word, value, begin);
            at = Math.min(valueEnd + 1, text.length());
        }
    }

    private void parameter(String word, String value, int begin) {
        // As libpq, for URIs that were written for the JDBC driver.
        boolean jdbc = word.equals("ssl") && value.equals("true");
        if (!ConnectionString.store(found, jdbc ? "sslmode" : word, jdbc ? "require" : value)) {
            throw new ConnectionStringException(begin + 1, Keyword.unknown(word));
        }
    }

    /** Moves to the next of these characters, or to the end, and returns the place. */
    private int scan(String stops) {
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private void storeUnlessEmpty(Keyword keyword, int begin, int end) {
        storeDecoded(keyword, begin, text.substring(begin, end));
    }

    private void storeDecoded(Keyword keyword, int begin, String coded) {
        if (!coded.isEmpty()) {
            found.put(keyword, PercentCoding.decode(coded, begin));
        }
    }
}
