package org.pgreel.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a host's name into addresses with the resolver of the operating system, on threads of its own because that
 * resolver blocks for as long as it likes. The wait is bounded by the session's connect timer.
 */
final class NameResolution {
    private final Executor executor;

    NameResolution(Executor executor) {
        this.executor = executor;
    }

    /**
     * Resolves a name.
     *
     * @param abandoned asked before the resolver is: nobody waits for the answer any more
     * @param whenDone called with at least one address, or with the failure: on a thread of the executor, or at once
     *     if the host is an address literal, which needs no resolver
     * @throws java.util.concurrent.RejectedExecutionException if the executor is shut down
     */
    void resolve(
            String host,
            BooleanSupplier abandoned,
            BiConsumer<@Nullable List<InetAddress>, @Nullable UnknownHostException> whenDone) {
        if (isLiteral(host)) {
            lookUp(host, whenDone);
            return;
        }
        executor.execute(() -> {
            if (!abandoned.getAsBoolean()) {
                lookUp(host, whenDone);
            }
        });
    }

    private static boolean isLiteral(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    private static void lookUp(
            String host, BiConsumer<@Nullable List<InetAddress>, @Nullable UnknownHostException> whenDone) {
        List<InetAddress> addresses;
        try {
            addresses = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            whenDone.accept(null, unknown);
            return;
        }
        whenDone.accept(addresses, null);
    }
}
