package org.pgreel.client.copy;

import org.pgreel.protocol.wire.Bytes;

/** Text format: a line a row, cells between tabs, backslash escapes, {@code \N} for NULL. */
final class TextRows extends CopyRows {

    private final CellBuffer cell;
    private boolean escaped;
    private boolean isNull;
    private boolean isEnd;
    private boolean over;
    /** Digits still to come of the character by its number; its value so far; its radix. */
    private int digitsLeft;

    private int digitsSeen;
    private int number;
    private int radix;

    TextRows(CopyRowReceiver receiver, int rowBytesMax) {
        super(receiver, 0);
        cell = new CellBuffer(rowBytesMax);
    }

    @Override
    public void data(Bytes data) {
        for (int i = 0; i < data.length() && !over; i++) {
            take(data.byteAt(i));
        }
    }

    private void take(byte value) {
        if (digitsLeft > 0) {
            int digit = Character.digit(value, radix);
            if (digit >= 0) {
                number = number * radix + digit;
                digitsSeen++;
                digitsLeft--;
                if (digitsLeft == 0) {
                    numbered();
                }
                return;
            }
            numbered();
        }
        if (escaped) {
            escaped = false;
            unescape(value);
        } else if (value == '\\') {
            escaped = true;
        } else if (value == '\t') {
            cellEnds();
        } else if (value == '\n') {
            lineEnds();
        } else {
            cell.add(value, row());
        }
    }

    private void unescape(byte value) {
        switch (value) {
            case 'b' -> cell.add('\b', row());
            case 'f' -> cell.add('\f', row());
            case 'n' -> cell.add('\n', row());
            case 'r' -> cell.add('\r', row());
            case 't' -> cell.add('\t', row());
            case 'v' -> cell.add(0x0B, row());
            case 'N' -> isNull = true;
            case '.' -> isEnd = true;
            case 'x' -> begin(16, 2, 0, 0);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> begin(8, 2, value - '0', 1);
            default -> cell.add(value, row());
        }
    }

    private void begin(int newRadix, int digits, int soFar, int seen) {
        radix = newRadix;
        digitsLeft = digits;
        number = soFar;
        digitsSeen = seen;
    }

    /** A backslash and x without a digit are an x. */
    private void numbered() {
        digitsLeft = 0;
        cell.add(digitsSeen == 0 ? 'x' : number, row());
    }

    private void cellEnds() {
        if ((isNull || isEnd) && cell.length() > 0) {
            throw malformed("\\N or \\. among other characters");
        }
        cell(isNull ? null : cell.copy(0, cell.length()));
        cell.clear();
        isNull = false;
    }

    private void lineEnds() {
        if (isEnd && !hasCells() && cell.length() == 0) {
            over = true;
            return;
        }
        cellEnds();
        rowEnds();
    }

    @Override
    public void completed() {
        if (cell.length() > 0 || hasCells() || escaped || digitsLeft > 0 || isNull) {
            throw malformed("the data ends in the middle of a line");
        }
    }
}
