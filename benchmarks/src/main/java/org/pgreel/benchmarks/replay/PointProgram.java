package org.pgreel.benchmarks.replay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * The least that a server on Netty does to answer point selects: it lets everybody in, and answers each Query by the same bytes,
 * one row of one number, without looking at what is asked. Arguments: anything, port.
 */
final class PointProgram {
    private static final int INT4 = 23;

    private PointProgram() {}

    /** Serves until the process is ended. */
    @SuppressWarnings("FutureReturnValueIgnored") // sync() throws what failed.
    public static void main(String[] arguments) throws InterruptedException {
        byte[] welcome = welcome();
        byte[] answer = answer();
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Answering(welcome, answer));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[1]))
                .sync();
        new CountDownLatch(1).await();
    }

    private static byte[] welcome() {
        var out = new MessageWriter();
        new AuthenticationOk().encode(out);
        new ParameterStatus("server_version", "18.0").encode(out);
        new ParameterStatus("client_encoding", "UTF8").encode(out);
        new ParameterStatus("standard_conforming_strings", "on").encode(out);
        new BackendKeyData(1, Bytes.wrap(new byte[] {1, 2, 3, 4})).encode(out);
        new ReadyForQuery(TransactionStatus.IDLE).encode(out);
        return out.toBytes().toArray();
    }

    private static byte[] answer() {
        var out = new MessageWriter();
        new RowDescription(List.of(new FieldDescription("abalance", 16_400, 3, INT4, 4, -1, 0))).encode(out);
        new DataRow(Values.ofText("0")).encode(out);
        new CommandComplete("SELECT 1").encode(out);
        new ReadyForQuery(TransactionStatus.IDLE).encode(out);
        return out.toBytes().toArray();
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // A client that has gone ends the connection, and nobody waits for it.
    private static final class Answering extends ByteToMessageDecoder {
        private final byte[] welcome;
        private final byte[] answer;
        private boolean welcomed;

        Answering(byte[] welcome, byte[] answer) {
            this.welcome = welcome;
            this.answer = answer;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            int header = welcomed ? 1 : 0;
            if (in.readableBytes() < header + Integer.BYTES) {
                return;
            }
            int length = header + in.getInt(in.readerIndex() + header);
            if (in.readableBytes() < length) {
                return;
            }
            byte type = in.getByte(in.readerIndex());
            in.skipBytes(length);
            if (!welcomed) {
                welcomed = true;
                context.writeAndFlush(Unpooled.wrappedBuffer(welcome), context.voidPromise());
            } else if (type == 'Q') {
                context.writeAndFlush(Unpooled.wrappedBuffer(answer), context.voidPromise());
            }
        }
    }
}
