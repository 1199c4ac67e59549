package org.pgreel.replay.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.FileSource;
import org.pgreel.protocol.transcript.LineReader;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.transcript.Stamp;

/** Reads a script line by line; blocks are put together by their braces. */
final class ScriptParser {
    private static final int DEEPEST = 32;

    /** A block whose last brace has not come yet. */
    private static final class Open {
        final @Nullable Stamp stamp;
        final int line;
        final int column;
        final LineHead.Block head;
        final @Nullable String comment;
        final List<List<ScriptLine>> parts = new ArrayList<>();
        List<ScriptLine> body = new ArrayList<>();

        Open(@Nullable Stamp stamp, int line, int column, LineHead.Block head, @Nullable String comment) {
            this.stamp = stamp;
            this.line = line;
            this.column = column;
            this.head = head;
            this.comment = comment;
        }
    }

    private final List<ScriptLine> lines = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    private ScriptParser() {}

    static List<ScriptLine> parse(String text, @Nullable FileSource files) {
        var parser = new ScriptParser();
        String[] texts = text.split("\n", -1);
        int count = texts.length > 0 && texts[texts.length - 1].isBlank() ? texts.length - 1 : texts.length;
        for (int i = 0; i < count; i++) {
            String line = texts[i].endsWith("\r") ? texts[i].substring(0, texts[i].length() - 1) : texts[i];
            parser.line(new LineReader(line, i + 1, files));
        }
        Open left = parser.open.peek();
        if (left != null) {
            throw new NotationException(left.line, left.column, "the block has no \"}\"");
        }
        return parser.lines;
    }

    private void line(LineReader in) {
        in.skipBlanks();
        if (in.sees("}")) {
            closing(in);
            return;
        }
        Stamp stamp = in.stamp();
        if (in.atEnd()) {
            add(new ScriptLine(in.line(), in.column(), stamp, null, in.comment()));
            return;
        }
        int column = in.column();
        LineHead head = LineHead.read(in);
        if (head instanceof LineHead.Whole whole) {
            add(new ScriptLine(in.line(), column, stamp, whole.step(), in.comment()));
            return;
        }
        if (open.size() >= DEEPEST) {
            throw in.failure(column, "blocks are nested more than " + DEEPEST + " deep");
        }
        open.push(new Open(stamp, in.line(), column, (LineHead.Block) head, in.comment()));
    }

    private void closing(LineReader in) {
        int column = in.column();
        Open block = open.peek();
        if (block == null) {
            throw in.failure(column, "there is no block to end");
        }
        in.skip(1);
        block.parts.add(List.copyOf(block.body));
        if (in.blankThenMore()) {
            String between = block.head.between();
            int at = in.column();
            String word = in.word();
            if (between == null || !word.equals(between)) {
                String expected = between == null ? "expected the end of the line" : "expected \"" + between + " {\"";
                throw in.failure(at, expected + " and not \"" + word + "\"");
            }
            in.skipBlanks();
            if (!in.sees("{")) {
                throw in.failure("expected \"{\"");
            }
            in.skip(1);
            block.body = new ArrayList<>();
            keep(block.body, in);
            return;
        }
        open.pop();
        if (block.head.between() != null && block.parts.size() < 2) {
            throw in.failure(column, "the block has one part only; expected \"} " + block.head.between() + " {\"");
        }
        Step step = block.head.made().apply(block.parts);
        add(new ScriptLine(block.line, block.column, block.stamp, step, block.comment));
        keep(open.isEmpty() ? lines : open.peek().body, in);
    }

    /** A comment behind a closing brace becomes a line of its own. */
    private static void keep(List<ScriptLine> where, LineReader in) {
        String comment = in.comment();
        if (comment != null) {
            where.add(new ScriptLine(in.line(), in.column(), null, null, comment));
        }
    }

    private void add(ScriptLine line) {
        Open block = open.peek();
        (block == null ? lines : block.body).add(line);
    }
}
