package org.pgreel.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link ConnectOptionsBuilder} that says which server to reach and how long that may take.
 *
 * @param <B> the builder
 */
abstract class RouteChoices<B extends RouteChoices<B>> {

    private static final int PORT = 5432;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private String host = "localhost";
    private int port = PORT;

    List<ServerAddress> addresses = List.of(new ServerAddress.Tcp(host, port));
    Duration connectTimeout = CONNECT_TIMEOUT;

    @Nullable
    Duration attemptTimeout;

    Keepalive keepalive = Keepalive.STANDARD;
    TargetSessionAttrs targetSessionAttrs = TargetSessionAttrs.ANY;
    LoadBalanceHosts loadBalanceHosts = LoadBalanceHosts.DISABLE;

    RouteChoices() {}

    abstract B self();

    /** Sets the host; the standard is {@code localhost}. */
    public B host(String host) {
        this.host = host;
        return address(new ServerAddress.Tcp(host, port));
    }

    /** Sets the port; the standard is 5432. */
    public B port(int port) {
        this.port = port;
        return address(new ServerAddress.Tcp(host, port));
    }

    /** Sets where the server listens: host and port, or a Unix-domain socket. */
    public B address(ServerAddress address) {
        this.addresses = List.of(Objects.requireNonNull(address, "address"));
        return self();
    }

    /**
     * Sets where the server may listen, in the order in which the places are tried.
     *
     * @param addresses at least one
     */
    public B addresses(List<ServerAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses is empty: name at least one");
        }
        this.addresses = List.copyOf(addresses);
        return self();
    }

    /** Sets a Unix-domain socket: the socket itself, such as {@code /run/postgresql/.s.PGSQL.5432}. */
    public B unixSocket(Path path) {
        return address(new ServerAddress.UnixSocket(path));
    }

    /** Sets how TCP finds out that a silent server is gone; the standard is {@link Keepalive#STANDARD}. */
    public B keepalive(Keepalive keepalive) {
        this.keepalive = Objects.requireNonNull(keepalive, "keepalive");
        return self();
    }

    /** Sets which kind of server will do; the standard is {@link TargetSessionAttrs#ANY}. */
    public B targetSessionAttrs(TargetSessionAttrs attrs) {
        this.targetSessionAttrs = Objects.requireNonNull(attrs, "attrs");
        return self();
    }

    /** Sets in which order servers and their addresses are tried; as they are given, unless set. */
    public B loadBalanceHosts(LoadBalanceHosts order) {
        this.loadBalanceHosts = Objects.requireNonNull(order, "order");
        return self();
    }

    /**
     * Sets the limit for each server of several, from connecting to its first ReadyForQuery; an equal share of
     * {@link #connectTimeout(Duration)} unless set. libpq's {@code connect_timeout} is this limit.
     */
    public B attemptTimeout(Duration limit) {
        this.attemptTimeout = Checked.positive("attemptTimeout", limit);
        return self();
    }

    /** Sets the limit for the whole way to the first ReadyForQuery, whatever it leads by; 10 s unless set. */
    public B connectTimeout(Duration limit) {
        this.connectTimeout = Checked.positive("connectTimeout", limit);
        return self();
    }
}
