package org.pgreel.recorder.proxy;

import io.netty.channel.Channel;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.pgreel.tap.EndKind;

/** The two sides of a connection, as the proxy's own login talks to them. Confined to the connection's event loop. */
final class LoginLegs implements Reauthentication.Legs {

    private final ProxiedConnection connection;
    private final Channel client;
    private final ProxyContext context;

    LoginLegs(ProxiedConnection connection, Channel client, ProxyContext context) {
        this.connection = connection;
        this.client = client;
        this.context = context;
    }

    ProxyContext context() {
        return context;
    }

    boolean clientEncrypted() {
        return Ends.encrypted(client);
    }

    @Override
    public void toClient(byte[] bytes) {
        connection.sayToClient(bytes);
    }

    @Override
    public void toServer(byte[] bytes) {
        connection.sayToServer(bytes);
    }

    @Override
    public void refuse(String sqlState, String sentence) {
        connection.tellClient(sqlState, sentence, EndKind.LOCAL);
    }

    @Override
    public void derive(Callable<byte[]> slow, Consumer<byte[]> then) {
        try {
            context.workers().execute(() -> {
                try {
                    byte[] result = slow.call();
                    client.eventLoop().execute(() -> then.accept(result));
                } catch (Exception failed) {
                    client.eventLoop()
                            .execute(() ->
                                    refuse("58000", "PgReel could not log in itself: " + ProxyContext.reason(failed)));
                }
            });
        } catch (RejectedExecutionException stopping) {
            refuse("57P01", "PgReel is being stopped");
        }
    }
}
