package org.pgreel.session;

import java.util.function.Consumer;
import org.pgreel.client.Listening;
import org.pgreel.client.Notification;

/** One consumer of one channel. */
final class Consumption implements Listening {

    private final String channel;
    private final Consumer<? super Notification> consumer;
    private final Consumer<Consumption> closed;
    private volatile boolean open = true;

    /**
     * Creates it, open.
     *
     * @param closed told when the application closes it, on the application's thread
     */
    Consumption(String channel, Consumer<? super Notification> consumer, Consumer<Consumption> closed) {
        this.channel = channel;
        this.consumer = consumer;
        this.closed = closed;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    void accept(Notification notification) {
        consumer.accept(notification);
    }

    /** It is over, and nobody need be told. */
    void end() {
        open = false;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            closed.accept(this);
        }
    }

    @Override
    public String toString() {
        return "listening to " + channel + (open ? "" : ", ended");
    }
}
