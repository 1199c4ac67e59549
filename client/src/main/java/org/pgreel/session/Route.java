package org.pgreel.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionAttempt;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.ConnectionFailureReason.ConnectionClosedByServer;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedDns;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedTcp;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedTimeout;
import org.pgreel.client.ConnectionFailureReason.ServerRejected;
import org.pgreel.client.ConnectionFailureReason.TargetSessionAttrsNotMet;
import org.pgreel.client.LoadBalanceHosts;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.TargetSessionAttrs;

/**
 * The servers of a session in the order in which they are tried, and why those before the present one were given up.
 *
 * <p>Only a server that cannot be had, or is of the wrong kind, leads to the next one. Whatever has to do with trust is
 * final: a certificate, a password, a broken protocol; another server's answer would not make it good.
 */
final class Route {

    /** cannot_connect_now: starting up, shutting down, or in recovery. */
    private static final String CANNOT_CONNECT_NOW = "57P03";

    private final List<ConnectionAttempt> attempts = new ArrayList<>();
    private final List<ServerAddress> rejected = new ArrayList<>();
    private List<ServerAddress> servers;
    private TargetSessionAttrs target;
    private int index;
    private boolean closed;

    Route(ConnectOptions options, Chance chance) {
        List<ServerAddress> order = new ArrayList<>(options.addresses());
        if (options.loadBalanceHosts() == LoadBalanceHosts.RANDOM) {
            for (int left = order.size(); left > 1; left--) {
                Collections.swap(order, left - 1, chance.below(left));
            }
        }
        this.servers = order;
        this.target = options.targetSessionAttrs();
    }

    /** Returns the server that is tried now. */
    ServerAddress current() {
        return servers.get(index);
    }

    /** Returns of which kind it must be; a standby that is only preferred counts as demanded the first time round. */
    TargetSessionAttrs target() {
        return target;
    }

    /** Tells whether the present attempt may still be given up for another one. */
    boolean mayGoOn() {
        return !closed && (index + 1 < servers.size() || target != TargetSessionAttrs.ANY);
    }

    /** The time for all attempts is over. */
    void close() {
        closed = true;
    }

    /** One address of the present server did not answer, and the next one is tried. */
    void addressFailed(ServerAddress address, ConnectionFailureReason reason) {
        attempts.add(new ConnectionAttempt(address, reason));
    }

    /**
     * The present attempt failed.
     *
     * @return whether there is another one, which is then the present one
     */
    boolean goesOn(ConnectionFailureReason reason) {
        attempts.add(new ConnectionAttempt(current(), reason));
        if (closed || !leadsOn(reason)) {
            return false;
        }
        if (reason instanceof TargetSessionAttrsNotMet) {
            rejected.add(current());
        }
        if (++index < servers.size()) {
            return true;
        }
        index = servers.size() - 1;
        if (target == TargetSessionAttrs.PREFER_STANDBY && !rejected.isEmpty()) {
            target = TargetSessionAttrs.ANY;
            servers = List.copyOf(rejected);
            index = 0;
            return true;
        }
        return false;
    }

    private static boolean leadsOn(ConnectionFailureReason reason) {
        return reason instanceof ConnectionFailedDns
                || reason instanceof ConnectionFailedTcp
                || reason instanceof ConnectionFailedTimeout
                || reason instanceof ConnectionClosedByServer
                || reason instanceof TargetSessionAttrsNotMet
                || (reason instanceof ServerRejected refusal
                        && refusal.response().sqlState().equals(CANNOT_CONNECT_NOW));
    }

    /** Returns those that were given up, in order. */
    List<ConnectionAttempt> attempts() {
        return List.copyOf(attempts);
    }
}
