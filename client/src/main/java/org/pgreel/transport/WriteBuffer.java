package org.pgreel.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/** Collects what a turn writes, so that it goes to the socket in one piece; confined to the event loop. */
final class WriteBuffer {
    /** A piece this large goes on to the channel, where it counts for the channel's watermarks. */
    private static final int PIECE_MAX = 64 * 1024;

    private static final int PIECE_FIRST = 512;

    private final Channel channel;
    private final ChannelFutureListener written;
    private @Nullable ByteBuf piece;
    private boolean unflushed;

    WriteBuffer(Channel channel, ChannelFutureListener written) {
        this.channel = channel;
        this.written = written;
    }

    void add(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to) {
            ByteBuf open = piece;
            if (open == null) {
                open = channel.alloc().directBuffer(Math.min(Math.max(to - at, PIECE_FIRST), PIECE_MAX), PIECE_MAX);
                piece = open;
            }
            int length = Math.min(to - at, PIECE_MAX - open.readableBytes());
            open.writeBytes(buffer, at, length);
            at += length;
            if (open.readableBytes() == PIECE_MAX) {
                // The server begins with it while the turn makes the next piece.
                flush();
            }
        }
    }

    /** Hands everything to the socket. Nothing happens if nothing was added. */
    void flush() {
        passOn();
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    /** Forgets what was not handed on. */
    void discard() {
        ByteBuf open = piece;
        piece = null;
        if (open != null) {
            open.release();
        }
    }

    private void passOn() {
        ByteBuf full = piece;
        if (full != null) {
            piece = null;
            unflushed = true;
            channel.write(full).addListener(written);
        }
    }
}
