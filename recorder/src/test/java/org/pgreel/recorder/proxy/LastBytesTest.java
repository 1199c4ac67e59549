package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the last bytes of a connection may take, by a clock that the test turns. */
@Timeout(60)
class LastBytesTest {

    private static final int LIMIT_MILLIS = 1_000;

    private final SlowChannel channel = new SlowChannel();

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aChannelIsClosedBehindItsLastBytes() {
        channel.taken = 10;
        channel.write(Unpooled.wrappedBuffer(new byte[10]));
        LastBytes.close(channel, LIMIT_MILLIS);
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.taken).isZero();
    }

    @Test
    void aPeerThatTakesNothingIsWaitedForAsLongAsToldAndNoLonger() {
        channel.write(Unpooled.wrappedBuffer(new byte[10]));
        LastBytes.close(channel, LIMIT_MILLIS);
        pass(LIMIT_MILLIS - 1);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aPeerThatTakesAByteNowAndThenIsWaitedForToTheEnd() {
        channel.write(Unpooled.wrappedBuffer(new byte[7]));
        channel.write(Unpooled.wrappedBuffer(new byte[3]));
        LastBytes.close(channel, LIMIT_MILLIS);
        for (int i = 0; i < 9; i++) {
            pass(LIMIT_MILLIS - LIMIT_MILLIS / 4);
            channel.taken = 1;
            channel.flush();
            assertThat(channel.isOpen()).as("after %d bytes", i + 1).isTrue();
        }
        channel.taken = 1;
        channel.flush();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aPeerThatStopsTakingIsWaitedForFromThenOn() {
        channel.write(Unpooled.wrappedBuffer(new byte[10]));
        LastBytes.close(channel, LIMIT_MILLIS);
        pass(LIMIT_MILLIS - 1);
        channel.taken = 5;
        channel.flush();
        pass(LIMIT_MILLIS);
        assertThat(channel.isOpen()).isTrue();
        pass(LIMIT_MILLIS / 4);
        assertThat(channel.isOpen()).isFalse();
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    /** A channel whose peer takes as many bytes as the test says. */
    private static final class SlowChannel extends EmbeddedChannel {

        private int taken;

        SlowChannel() {
            freezeTime();
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer out) {
            while (out.current() instanceof ByteBuf bytes && (taken > 0 || !bytes.isReadable())) {
                int count = Math.min(taken, bytes.readableBytes());
                taken -= count;
                out.removeBytes(count);
            }
        }
    }
}
