package org.pgreel.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pgreel.client.connect.ConnectParameters;
import org.pgreel.client.connect.ConnectionStringException;
import org.pgreel.client.connect.HostList;
import org.pgreel.client.connect.IntegerWord;
import org.pgreel.client.connect.Keyword;
import org.pgreel.client.connect.PasswordFile;

/** Makes options of libpq's parameters; what this client does not do is refused by name, not passed over. */
final class ConnectOptionsReader {

    private static final String SOCKET_FILE = ".s.PGSQL.";

    /** As a least version they ask for nothing: this client begins with 1.2. */
    private static final Set<String> OLD_TLS = Set.of("TLSv1", "TLSv1.1");

    private final ConnectParameters parameters;
    private final ConnectOptionsBuilder options = new ConnectOptionsBuilder();

    private ConnectOptionsReader(ConnectParameters parameters) {
        this.parameters = parameters;
    }

    static ConnectOptionsBuilder read(ConnectParameters parameters) {
        ConnectOptionsReader reader = new ConnectOptionsReader(parameters);
        UnsupportedParameters.refuse(parameters);
        try {
            reader.route();
            reader.startup();
            reader.login();
            reader.tls();
            reader.protocol();
            reader.keepalive();
        } catch (ConnectionStringException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // An option's own check; its sentence names the option.
            throw new ConnectionStringException(String.valueOf(e.getMessage()));
        }
        return reader.options;
    }

    private Optional<String> value(Keyword keyword) {
        return parameters.value(keyword);
    }

    private void route() {
        List<ServerAddress> addresses = new ArrayList<>();
        for (HostList.Host host : HostList.of(parameters)) {
            addresses.add(address(host));
        }
        options.addresses(addresses);
        value(Keyword.TARGET_SESSION_ATTRS).ifPresent(word -> options.targetSessionAttrs(TargetSessionAttrs.of(word)));
        value(Keyword.LOAD_BALANCE_HOSTS).ifPresent(word -> options.loadBalanceHosts(LoadBalanceHosts.of(word)));
        // In libpq it is each server's, and none or 0 is for ever; here that leaves the standard, which is finite.
        value(Keyword.CONNECT_TIMEOUT)
                .map(word -> IntegerWord.parse(Keyword.CONNECT_TIMEOUT.word(), word))
                .filter(seconds -> seconds > 0)
                .ifPresent(seconds -> options.attemptTimeout(Duration.ofSeconds(seconds))
                        .connectTimeout(Duration.ofSeconds(seconds).multipliedBy(addresses.size())));
    }

    private static ServerAddress address(HostList.Host host) {
        if (host.isSocketDirectory()) {
            if (host.name().startsWith("@")) {
                throw new ConnectionStringException(
                        "host names a socket of Linux's abstract name space, which this client does not know");
            }
            return new ServerAddress.UnixSocket(Path.of(host.name(), SOCKET_FILE + host.port()));
        }
        String name = host.name().isEmpty() ? host.address().isEmpty() ? "localhost" : host.address() : host.name();
        return host.address().isEmpty()
                ? new ServerAddress.Tcp(name, host.port())
                : new ServerAddress.Tcp(name, host.port(), host.address());
    }

    private void startup() {
        String user = value(Keyword.USER).orElse(parameters.environment().systemUser());
        options.user(user);
        options.database(value(Keyword.DBNAME).orElse(user));
        value(Keyword.APPLICATION_NAME)
                .or(() -> value(Keyword.FALLBACK_APPLICATION_NAME))
                .ifPresent(options::applicationName);
        value(Keyword.OPTIONS).ifPresent(text -> options.parameter("options", text));
        value(Keyword.REPLICATION).ifPresent(text -> options.parameter("replication", text));
        parameters.environment().serverSettings().forEach(options::parameter);
    }

    private void login() {
        value(Keyword.PASSWORD)
                .ifPresentOrElse(
                        options::password, () -> options.passwordFile(PasswordFile.read(parameters.passwordFile())));
        value(Keyword.CHANNEL_BINDING).ifPresent(word -> options.channelBinding(ChannelBinding.of(word)));
        options.oauthSettings(new OAuthRequest.OAuthSettings(
                value(Keyword.OAUTH_ISSUER),
                value(Keyword.OAUTH_CLIENT_ID),
                value(Keyword.OAUTH_CLIENT_SECRET),
                value(Keyword.OAUTH_SCOPE)));
        value(Keyword.REQUIRE_AUTH).ifPresent(list -> options.requireAuth(RequireAuth.parse(list)));
    }

    private void tls() {
        value(Keyword.SSLMODE).ifPresent(word -> options.sslMode(SslMode.of(word)));
        if (value(Keyword.SSLROOTCERT).filter(word -> word.equals("system")).isPresent()) {
            options.sslSystemRootCertificates();
        } else {
            file(Keyword.SSLROOTCERT, "root.crt").ifPresent(options::sslRootCertificate);
        }
        revocationLists();
        value(Keyword.SSLNEGOTIATION).ifPresent(word -> options.sslNegotiation(SslNegotiation.of(word)));
        value(Keyword.SSLCERTMODE).ifPresent(word -> options.sslCertMode(SslCertMode.of(word)));
        value(Keyword.SSLSNI).ifPresent(word -> options.sslSni(!word.startsWith("0")));
        value(Keyword.SSLPASSWORD).map(String::toCharArray).ifPresent(word -> options.sslPassword(() -> word));
        value(Keyword.SSL_MIN_PROTOCOL_VERSION)
                .filter(word -> !OLD_TLS.contains(word))
                .ifPresent(word -> options.sslMinProtocolVersion(TlsVersion.of(word)));
        value(Keyword.SSL_MAX_PROTOCOL_VERSION).ifPresent(word -> options.sslMaxProtocolVersion(TlsVersion.of(word)));
        file(Keyword.SSLCERT, "postgresql.crt").ifPresent(certificate -> {
            Path key = file(Keyword.SSLKEY, "postgresql.key")
                    .orElseThrow(() -> new ConnectionStringException("there is a client certificate, " + certificate
                            + ", but no key for it: give sslkey, or put it into ~/.postgresql/postgresql.key"));
            options.sslCertificate(certificate, key);
        });
    }

    /** As libpq, the list of the home directory counts where there is a root certificate; one that is named counts always. */
    private void revocationLists() {
        List<Path> named = Stream.of(Keyword.SSLCRL, Keyword.SSLCRLDIR)
                .flatMap(keyword -> value(keyword).stream())
                .map(Path::of)
                .toList();
        boolean rooted = file(Keyword.SSLROOTCERT, "root.crt").isPresent();
        options.sslRevocationLists(
                named.isEmpty() && rooted
                        ? file(Keyword.SSLCRL, "root.crl").stream().toList()
                        : named);
    }

    /** As libpq, a least version above 3.0 asks for the latest unless the greatest is given. */
    private void protocol() {
        Optional<ProtocolVersion> least = value(Keyword.MIN_PROTOCOL_VERSION).map(ProtocolVersion::of);
        value(Keyword.MAX_PROTOCOL_VERSION)
                .map(ProtocolVersion::of)
                .or(() -> least)
                .ifPresent(options::protocolVersion);
        least.ifPresent(options::minProtocolVersion);
    }

    private void keepalive() {
        options.keepalive(new Keepalive(
                number(Keyword.KEEPALIVES, 1) != 0,
                Duration.ofSeconds(number(Keyword.KEEPALIVES_IDLE, 0)),
                Duration.ofSeconds(number(Keyword.KEEPALIVES_INTERVAL, 0)),
                number(Keyword.KEEPALIVES_COUNT, 0),
                Duration.ofMillis(number(Keyword.TCP_USER_TIMEOUT, 0))));
    }

    /** As libpq, a negative number is 0. */
    private int number(Keyword keyword, int standard) {
        return Math.max(
                0,
                value(keyword)
                        .map(word -> IntegerWord.parse(keyword.word(), word))
                        .orElse(standard));
    }

    /** Returns the file that is named, or the one of {@code ~/.postgresql} if it exists. */
    private Optional<Path> file(Keyword keyword, String standard) {
        return value(keyword)
                .map(Path::of)
                .or(() -> Optional.of(parameters
                                .environment()
                                .home()
                                .resolve(".postgresql")
                                .resolve(standard))
                        .filter(Files::exists));
    }
}
