package org.pgreel.client.connect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pgreel.protocol.transcript.NearestWord;

/**
 * A keyword of libpq 18's connection strings, with the variable of the environment that stands in for it.
 *
 * <p>Source: PostgreSQL 18 manual, 32.1.2 "Parameter Key Words" and 32.15 "Environment Variables".
 */
public enum Keyword {
    SERVICE("PGSERVICE"),
    SERVICEFILE("PGSERVICEFILE"),
    USER("PGUSER"),
    PASSWORD("PGPASSWORD"),
    PASSFILE("PGPASSFILE"),
    CHANNEL_BINDING("PGCHANNELBINDING"),
    CONNECT_TIMEOUT("PGCONNECT_TIMEOUT"),
    DBNAME("PGDATABASE"),
    HOST("PGHOST"),
    HOSTADDR("PGHOSTADDR"),
    PORT("PGPORT"),
    CLIENT_ENCODING("PGCLIENTENCODING"),
    OPTIONS("PGOPTIONS"),
    APPLICATION_NAME("PGAPPNAME"),
    FALLBACK_APPLICATION_NAME(""),
    KEEPALIVES(""),
    KEEPALIVES_IDLE(""),
    KEEPALIVES_INTERVAL(""),
    KEEPALIVES_COUNT(""),
    TCP_USER_TIMEOUT(""),
    SSLMODE("PGSSLMODE"),
    SSLNEGOTIATION("PGSSLNEGOTIATION"),
    SSLCOMPRESSION("PGSSLCOMPRESSION"),
    SSLCERT("PGSSLCERT"),
    SSLKEY("PGSSLKEY"),
    SSLCERTMODE("PGSSLCERTMODE"),
    SSLPASSWORD(""),
    SSLROOTCERT("PGSSLROOTCERT"),
    SSLCRL("PGSSLCRL"),
    SSLCRLDIR("PGSSLCRLDIR"),
    SSLSNI("PGSSLSNI"),
    REQUIREPEER("PGREQUIREPEER"),
    REQUIRE_AUTH("PGREQUIREAUTH"),
    MIN_PROTOCOL_VERSION("PGMINPROTOCOLVERSION"),
    MAX_PROTOCOL_VERSION("PGMAXPROTOCOLVERSION"),
    SSL_MIN_PROTOCOL_VERSION("PGSSLMINPROTOCOLVERSION"),
    SSL_MAX_PROTOCOL_VERSION("PGSSLMAXPROTOCOLVERSION"),
    GSSENCMODE("PGGSSENCMODE"),
    KRBSRVNAME("PGKRBSRVNAME"),
    GSSLIB("PGGSSLIB"),
    GSSDELEGATION("PGGSSDELEGATION"),
    SCRAM_CLIENT_KEY(""),
    SCRAM_SERVER_KEY(""),
    REPLICATION(""),
    TARGET_SESSION_ATTRS("PGTARGETSESSIONATTRS"),
    LOAD_BALANCE_HOSTS("PGLOADBALANCEHOSTS"),
    SSLKEYLOGFILE(""),
    OAUTH_ISSUER(""),
    OAUTH_CLIENT_ID(""),
    OAUTH_CLIENT_SECRET(""),
    OAUTH_SCOPE("");

    private static final Map<String, Keyword> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Keyword::word, Function.identity()));

    private final String word;
    private final String variable;

    Keyword(String variable) {
        this.word = name().toLowerCase(Locale.ROOT);
        this.variable = variable;
    }

    /** Returns libpq's word, such as {@code sslmode}. */
    public String word() {
        return word;
    }

    /** Returns the variable that stands in for it, such as {@code PGSSLMODE}; empty if there is none. */
    public Optional<String> variable() {
        return variable.isEmpty() ? Optional.empty() : Optional.of(variable);
    }

    /** Returns the keyword with this word; empty if libpq has none. Upper and lower case are different, as in libpq. */
    static Optional<Keyword> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** Says of a word that it is no keyword, and which one is like it; a word that is like none is not repeated. */
    static String unknown(String word) {
        String nearest = NearestWord.of(word, List.copyOf(BY_WORD.keySet()));
        return nearest.isEmpty()
                ? "a keyword of libpq is expected here; a value with a space or a quote in it needs quotes"
                : "\"" + word + "\" is no keyword of libpq; did you mean " + nearest + "?";
    }
}
