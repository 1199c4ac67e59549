package org.pgreel.benchmarks.canned;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/** One connection: answers what the workloads ask and what drivers ask beside it; whoever asks something else gets a SET. */
final class CannedConnection extends ByteToMessageDecoder {

    private static final int HEADER = 5;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;
    private static final List<Integer> COPY_FORMATS = List.of(0, 0, 0, 0, 0);
    private static final byte[] PARSE_COMPLETE = bytes(new ParseComplete());
    private static final byte[] BIND_COMPLETE = bytes(new BindComplete());
    private static final byte[] CLOSE_COMPLETE = bytes(new CloseComplete());
    private static final byte[] INSERTED = bytes(new CommandComplete("INSERT 0 1"));

    private final CannedAnswers answers;
    private final Names<Statement> statements = new Names<>();
    private final Names<Portal> portals = new Names<>();
    private boolean started;
    private byte status = 'I';
    /** What is left of COPY data that is thrown away. */
    private int rest;

    private ByteBuf out = Unpooled.EMPTY_BUFFER;

    CannedConnection(CannedAnswers answers) {
        this.answers = answers;
    }

    private static byte[] bytes(BackendMessage message) {
        MessageWriter writer = new MessageWriter();
        message.encode(writer);
        return writer.toBytes().toArray();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> unused) {
        out = context.alloc().directBuffer();
        try {
            while (next(context, in)) {
                // Each call takes one message.
            }
        } finally {
            write(context, out);
            out = Unpooled.EMPTY_BUFFER;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        context.flush();
        super.channelReadComplete(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context);
    }

    /** Takes a message, or what has come of COPY data; false if nothing whole is left. */
    private boolean next(ChannelHandlerContext context, ByteBuf in) {
        if (rest > 0) {
            int passed = Math.min(rest, in.readableBytes());
            in.skipBytes(passed);
            rest -= passed;
            return passed > 0;
        }
        if (!started) {
            return startup(in);
        }
        if (in.readableBytes() < HEADER) {
            return false;
        }
        int at = in.readerIndex();
        int length = in.getInt(at + 1);
        if (in.getByte(at) == 'd') {
            in.skipBytes(HEADER);
            rest = length - Integer.BYTES;
            return true;
        }
        if (in.readableBytes() < 1 + length) {
            return false;
        }
        in.skipBytes(HEADER);
        answer(context, in.getByte(at), in);
        in.readerIndex(at + 1 + length);
        return true;
    }

    private boolean startup(ByteBuf in) {
        if (in.readableBytes() < 2 * Integer.BYTES || in.readableBytes() < in.getInt(in.readerIndex())) {
            return false;
        }
        int length = in.getInt(in.readerIndex());
        int code = in.getInt(in.readerIndex() + Integer.BYTES);
        in.skipBytes(length);
        if (code == SSL_REQUEST || code == GSSENC_REQUEST) {
            out.writeByte('N');
            return true;
        }
        started = true;
        say(new AuthenticationOk());
        say(new ParameterStatus("server_version", "18.0"));
        say(new ParameterStatus("server_encoding", "UTF8"));
        say(new ParameterStatus("client_encoding", "UTF8"));
        say(new ParameterStatus("DateStyle", "ISO, MDY"));
        say(new ParameterStatus("IntervalStyle", "postgres"));
        say(new ParameterStatus("TimeZone", "UTC"));
        say(new ParameterStatus("integer_datetimes", "on"));
        say(new ParameterStatus("standard_conforming_strings", "on"));
        say(new BackendKeyData(1, Bytes.wrap(new byte[] {1, 2, 3, 4})));
        ready();
        return true;
    }

    private void answer(ChannelHandlerContext context, byte type, ByteBuf in) {
        switch (type) {
            case 'B' -> bind(in);
            case 'E' -> execute(context, in);
            case 'S' -> ready();
            case 'P' -> {
                long name = Names.read(in);
                statements.put(name, Statement.of(text(in)));
                out.writeBytes(PARSE_COMPLETE);
            }
            case 'D' -> describe(in);
            case 'C' -> out.writeBytes(CLOSE_COMPLETE);
            case 'Q' -> query(context, Statement.of(text(in)));
            case 'c' -> {
                say(new CommandComplete(Statement.COPY_IN.tag(answers.rows())));
                ready();
            }
            case 'X' -> end(context);
            default -> {
                // Flush: everything is flushed when all that came is answered.
            }
        }
    }

    private void bind(ByteBuf in) {
        long name = Names.read(in);
        Portal portal = new Portal();
        portal.bind(statements.get(Names.read(in)), in, answers);
        portals.put(name, portal);
        out.writeBytes(BIND_COMPLETE);
    }

    private void describe(ByteBuf in) {
        boolean prepared = in.readByte() == 'S';
        long name = Names.read(in);
        Statement statement = prepared ? statements.get(name) : portals.get(name).statement;
        if (prepared) {
            say(new ParameterDescription(
                    switch (statement) {
                        case POINT -> List.of(23);
                        case INSERT -> List.of(23, 20, 25);
                        default -> List.of();
                    }));
        }
        describe(statement, prepared ? 0 : portals.get(name).formats);
    }

    private void describe(Statement statement, int formats) {
        switch (statement) {
            case POINT, SCAN -> say(CannedAnswers.described(statement == Statement.SCAN, formats));
            case ISOLATION ->
                say(new RowDescription(List.of(new FieldDescription("transaction_isolation", 0, 0, 25, -1, -1, 0))));
            default -> say(new NoData());
        }
    }

    private void execute(ChannelHandlerContext context, ByteBuf in) {
        Portal portal = portals.get(Names.read(in));
        int limit = in.readInt();
        switch (portal.statement) {
            case POINT ->
                out.writeBytes(answers.point(portal.key, portal.formats).duplicate());
            case INSERT -> out.writeBytes(INSERTED);
            case SCAN -> scan(context, portal, limit);
            default -> done(portal.statement);
        }
    }

    private void scan(ChannelHandlerContext context, Portal portal, int limit) {
        if (limit % answers.keys() != 0) {
            throw new IllegalArgumentException("rows are given by " + answers.keys());
        }
        int rows = limit == 0 ? portal.rowsLeft : Math.min(limit, portal.rowsLeft);
        passOn(context, answers.scan(portal.formats), rows / answers.keys());
        portal.rowsLeft -= rows;
        if (rows == limit) {
            say(new PortalSuspended());
        } else {
            say(new CommandComplete(Statement.SCAN.tag(rows)));
        }
    }

    /** Sends the same large bytes again and again, without copying them. */
    private void passOn(ChannelHandlerContext context, ByteBuf bytes, int times) {
        write(context, out);
        for (int i = 0; i < times; i++) {
            write(context, bytes.duplicate());
        }
        out = context.alloc().directBuffer();
    }

    private static void write(ChannelHandlerContext context, ByteBuf bytes) {
        Future<?> unused = context.write(bytes);
    }

    private static void end(ChannelHandlerContext context) {
        Future<?> unused = context.close();
    }

    private void query(ChannelHandlerContext context, Statement statement) {
        switch (statement) {
            case COPY_IN -> {
                say(new CopyInResponse(0, COPY_FORMATS));
                return;
            }
            case COPY_OUT -> {
                say(new CopyOutResponse(0, COPY_FORMATS));
                passOn(context, answers.copied(), answers.rows() / answers.keys());
                say(new CopyDone());
                say(new CommandComplete(statement.tag(answers.rows())));
            }
            case SCAN -> {
                describe(statement, 0);
                Portal whole = new Portal();
                whole.rowsLeft = answers.rows();
                scan(context, whole, 0);
            }
            case ISOLATION -> {
                describe(statement, 0);
                done(statement);
            }
            default -> done(statement);
        }
        ready();
    }

    private void done(Statement statement) {
        if (statement == Statement.EMPTY) {
            say(new EmptyQueryResponse());
            return;
        }
        if (statement == Statement.ISOLATION) {
            say(new DataRow(Values.ofText("read committed")));
        } else if (statement == Statement.BEGIN) {
            status = 'T';
        } else if (statement == Statement.END) {
            status = 'I';
        }
        say(new CommandComplete(statement.tag(0)));
    }

    private void ready() {
        out.writeByte('Z').writeInt(HEADER).writeByte(status);
    }

    private void say(BackendMessage message) {
        out.writeBytes(bytes(message));
    }

    /** Reads a string and the NUL behind it. */
    private static String text(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        String text = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
        in.skipBytes(length + 1);
        return text;
    }
}
