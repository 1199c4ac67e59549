package org.pgreel.recorder.importing;

import java.nio.charset.StandardCharsets;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * A line of libpq's PQtrace read back into a message. Strings and values are not escaped, but their lengths are known: of
 * values because they are told, of the last string because the message's is. What cannot be told is a failure.
 */
final class TraceLine {

    private static final String HIDDEN = "NNNN";
    private static final String HIDDEN_TEXT = "\"SSSS\"";

    private final String text;
    private final MessageWriter out = new MessageWriter();
    private int at;
    private boolean hidden;

    private TraceLine(String text) {
        this.text = text;
    }

    /**
     * What a line came to.
     *
     * @param bytes the message
     * @param hidden whether something in it was hidden by the regress mode, or the message is not of its length
     */
    record Read(Bytes bytes, boolean hidden) {}

    /**
     * Reads what stands behind direction and length.
     *
     * @param frontend whose message it is
     * @param length the length that the trace tells; negative where it is hidden
     */
    static Read of(boolean frontend, int length, String rest) {
        int tab = rest.indexOf('\t');
        String name = tab < 0 ? rest : rest.substring(0, tab);
        var line = new TraceLine(tab < 0 ? "" : rest.substring(tab + 1));
        if (frontend) {
            line.frontend(name);
        } else {
            line.backend(name);
        }
        if (line.at < line.text.length()) {
            throw new ImportException("something stands behind the fields of " + name);
        }
        Bytes bytes = line.out.end().toBytes();
        return new Read(bytes, line.hidden || (length >= 0 && bytes.length() - 1 != length));
    }

    private void frontend(String name) {
        switch (name) {
            case "Bind" -> begin('B').strings(2).int16s(this::int16).values().int16s(this::int16);
            case "Close" -> begin('C').octet().lastString();
            case "CopyDone" -> begin('c');
            case "CopyFail" -> begin('f').lastString();
            case "Describe" -> begin('D').octet().lastString();
            case "Execute" -> begin('E').strings(1).int32();
            case "Flush" -> begin('H');
            case "FunctionCall" -> {
                begin('F').int32();
                int16s(this::int16).values().int16();
            }
            case "Parse" -> parse();
            case "Query" -> begin('Q').lastString();
            case "Sync" -> begin('S');
            case "Terminate" -> begin('X');
            default -> throw new ImportException("the frontend has no message " + name);
        }
    }

    private void backend(String name) {
        switch (name) {
            case "BackendKeyData" -> begin('K').int32().int32();
            case "BindComplete" -> begin('2');
            case "CloseComplete" -> begin('3');
            case "CommandComplete" -> begin('C').lastString();
            case "CopyDone" -> begin('c');
            case "CopyInResponse" -> begin('G').octet().int16s(this::int16);
            case "CopyOutResponse" -> begin('H').octet().int16s(this::int16);
            case "CopyBothResponse" -> begin('W').octet().int16s(this::int16);
            case "DataRow" -> begin('D').values();
            case "EmptyQueryResponse" -> begin('I');
            case "ErrorResponse" -> begin('E').diagnostic();
            case "FunctionCallResponse" -> begin('V').value();
            case "NoData" -> begin('n');
            case "NoticeResponse" -> begin('N').diagnostic();
            case "NotificationResponse" -> begin('A').int32().strings(1).lastString();
            case "ParameterDescription" -> begin('t').int16s(this::int32);
            case "ParameterStatus" -> begin('S').strings(1).lastString();
            case "ParseComplete" -> begin('1');
            case "PortalSuspended" -> begin('s');
            case "ReadyForQuery" -> begin('Z').octet();
            case "RowDescription" -> begin('T').int16s(this::column);
            default -> throw new ImportException("the backend has no message " + name);
        }
    }

    private TraceLine begin(char type) {
        out.begin((byte) type);
        return this;
    }

    /** The statement goes up to where the rest of the message is as long as the types that follow. */
    private void parse() {
        begin('P').strings(1);
        int end = text.length();
        int types = 0;
        while (end > 0 && text.startsWith(" " + HIDDEN, end - HIDDEN.length() - 1)) {
            end -= HIDDEN.length() + 1;
            types++;
        }
        int quote = text.lastIndexOf('"', end);
        if (quote < at || !text.substring(quote, end).equals("\" " + types)) {
            throw new ImportException("Parse ends with the number of its types and so many NNNN");
        }
        string(quote);
        int16s(this::int32);
    }

    private void column() {
        strings(1).int32().int16().int32().int16().int32().int16();
    }

    private void diagnostic() {
        while (!text.startsWith(" \\x00", at)) {
            octet();
            if (text.startsWith(" " + HIDDEN_TEXT, at)) {
                hidden = true;
                at += HIDDEN_TEXT.length() + 1;
                out.writeString("");
            } else {
                string(diagnosticEnd());
            }
        }
        at += 5;
        out.writeByte(0);
    }

    /** A field ends before the next letter with its quote, or before the zero that ends the message. */
    private int diagnosticEnd() {
        for (int quote = text.indexOf('"', at + 2); quote >= 0; quote = text.indexOf('"', quote + 1)) {
            boolean last = text.startsWith(" \\x00", quote + 1) && quote + 6 == text.length();
            boolean next = quote + 4 < text.length()
                    && text.charAt(quote + 1) == ' '
                    && Character.isLetter(text.charAt(quote + 2))
                    && text.startsWith(" \"", quote + 3);
            if (last || next) {
                return quote;
            }
        }
        throw new ImportException("a field of an error is not closed");
    }

    private String word() {
        if (at >= text.length() || text.charAt(at) != ' ') {
            throw new ImportException("a field is missing");
        }
        int end = text.indexOf(' ', at + 1);
        String word = text.substring(at + 1, end < 0 ? text.length() : end);
        at += word.length() + 1;
        return word;
    }

    private int number() {
        String word = word();
        if (word.equals(HIDDEN)) {
            hidden = true;
            return 0;
        }
        try {
            return (int) Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new ImportException("a number was expected");
        }
    }

    private TraceLine int16() {
        out.writeInt16(number() & 0xffff);
        return this;
    }

    private TraceLine int32() {
        out.writeInt32(number());
        return this;
    }

    private TraceLine int16s(Runnable each) {
        int count = number() & 0xffff;
        out.writeInt16(count);
        for (int i = 0; i < count; i++) {
            each.run();
        }
        return this;
    }

    private TraceLine octet() {
        String word = word();
        if (word.length() == 4 && word.startsWith("\\x")) {
            out.writeByte(Integer.parseInt(word.substring(2), 16));
        } else if (word.length() == 1) {
            out.writeByte(word.charAt(0));
        } else {
            throw new ImportException("one character was expected");
        }
        return this;
    }

    private TraceLine values() {
        return int16s(this::value);
    }

    private void value() {
        int octets = number();
        out.writeInt32(octets);
        if (octets < 0) {
            return;
        }
        if (!text.startsWith(" '", at)) {
            throw new ImportException("a value was expected");
        }
        at += 2;
        for (int i = 0; i < octets; i++) {
            if (at >= text.length()) {
                throw new ImportException("a value is cut");
            }
            // A backslash of the value's own is told from an escape by the quote that must follow the value.
            if (escaped(octets - i)) {
                out.writeByte(Integer.parseInt(text.substring(at + 2, at + 4), 16));
                at += 4;
            } else {
                out.writeByte(text.charAt(at++));
            }
        }
        if (at >= text.length() || text.charAt(at) != '\'') {
            throw new ImportException("a value is not of its length");
        }
        at++;
    }

    private boolean escaped(int left) {
        if (!text.startsWith("\\x", at) || at + 4 > text.length()) {
            return false;
        }
        String digits = text.substring(at + 2, at + 4);
        if (!digits.matches("[0-9a-f]{2}")) {
            return false;
        }
        int octet = Integer.parseInt(digits, 16);
        boolean printable = octet >= ' ' && octet <= '~';
        return !printable && left > 0;
    }

    private TraceLine strings(int count) {
        for (int i = 0; i < count; i++) {
            int quote = text.indexOf("\" ", at + 2);
            string(quote < 0 ? text.length() - 1 : quote);
        }
        return this;
    }

    /** The last string ends with the line. */
    private TraceLine lastString() {
        string(text.length() - 1);
        return this;
    }

    private void string(int closing) {
        if (!text.startsWith(" \"", at) || closing < at + 2 || text.charAt(closing) != '"') {
            throw new ImportException("a text in quotes was expected");
        }
        byte[] bytes = text.substring(at + 2, closing).getBytes(StandardCharsets.ISO_8859_1);
        out.writeBytes(bytes, 0, bytes.length);
        out.writeByte(0);
        at = closing + 1;
    }
}
