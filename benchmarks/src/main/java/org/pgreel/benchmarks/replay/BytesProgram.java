package org.pgreel.benchmarks.replay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * The least that a server on Netty does to send an answer: it writes as many bytes from memory, and says that it is ready. It lets everybody in and does not look at what is asked. Arguments: number of bytes, port.
 */
final class BytesProgram {
    private static final byte[] WELCOME = {'R', 0, 0, 0, 8, 0, 0, 0, 0, 'Z', 0, 0, 0, 5, 'I'};
    private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};
    private static final int PIECE_BYTES = 64 * 1024;

    private BytesProgram() {}

    /** Serves until the process is ended. */
    @SuppressWarnings("FutureReturnValueIgnored") // sync() throws what failed.
    public static void main(String[] arguments) throws InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        ByteBuf bytes = Unpooled.directBuffer(count);
        byte[] row = new byte[PIECE_BYTES];
        Arrays.fill(row, (byte) 'x');
        while (bytes.isWritable(1) && bytes.writerIndex() < count) {
            bytes.writeBytes(row, 0, Math.min(PIECE_BYTES, count - bytes.writerIndex()));
        }
        ByteBuf answer = Unpooled.unreleasableBuffer(bytes.asReadOnly());
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 1 << 20))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Answering(answer));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[1]))
                .sync();
        new CountDownLatch(1).await();
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // A client that has gone ends the connection, and nobody waits for it.
    private static final class Answering extends ChannelInboundHandlerAdapter {
        private final ByteBuf answer;
        private boolean welcomed;
        private int left;

        Answering(ByteBuf answer) {
            this.answer = answer;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            if (!welcomed) {
                welcomed = true;
                context.writeAndFlush(Unpooled.wrappedBuffer(WELCOME), context.voidPromise());
            } else {
                left = answer.readableBytes();
                write(context);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            write(context);
        }

        private void write(ChannelHandlerContext context) {
            while (left > 0 && context.channel().isWritable()) {
                int next = Math.min(left, PIECE_BYTES);
                context.write(answer.slice(answer.readableBytes() - left, next), context.voidPromise());
                left -= next;
                if (left == 0) {
                    context.write(Unpooled.wrappedBuffer(READY), context.voidPromise());
                }
                if (!context.channel().isWritable()) {
                    context.flush();
                }
            }
            context.flush();
        }
    }
}
