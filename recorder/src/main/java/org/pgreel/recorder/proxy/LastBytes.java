package org.pgreel.recorder.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a channel still has to say when its connection has ended: it is closed behind that. A peer that takes nothing of
 * it for as long as it is given is reset, since nobody else would ever end such a connection; one that is merely slow is
 * waited for. Confined to the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
final class LastBytes implements Runnable {

    /** How often a peer is looked at within the time that it has. */
    private static final int LOOKS = 4;

    private final Channel channel;
    private long left;
    private int looksWithoutProgress;

    private LastBytes(Channel channel) {
        this.channel = channel;
        this.left = left(channel);
    }

    /**
     * Closes a channel behind what was written to it.
     *
     * @param limitMillis how long its peer may take nothing, to a quarter of that precisely
     */
    static void close(Channel channel, int limitMillis) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (Ends.resetsOnClose(channel)) {
                // Not through TLS, which would say in order that no more will come.
                channel.unsafe().close(channel.voidPromise());
            } else {
                channel.close();
            }
        });
        if (channel.isOpen()) {
            int interval = Math.max(1, limitMillis / LOOKS);
            ScheduledFuture<?> looking = channel.eventLoop()
                    .scheduleAtFixedRate(new LastBytes(channel), interval, interval, TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(closed -> looking.cancel(false));
        }
    }

    @Override
    public void run() {
        long now = left(channel);
        looksWithoutProgress = now == left ? looksWithoutProgress + 1 : 0;
        left = now;
        if (looksWithoutProgress == LOOKS) {
            Ends.resetOnClose(channel);
            channel.unsafe().close(channel.voidPromise());
        }
    }

    /** Returns how much waits, as a number that changes whenever the peer takes some of it. */
    private static long left(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }
}
