package org.pgreel.client.copy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pgreel.protocol.wire.Bytes;

/** CSV: cells between delimiters, in quotes where they need it; a line break inside quotes is part of the cell. */
final class CsvRows extends CopyRows {

    private final CsvFormat format;
    private final byte[] nullText;
    private final CellBuffer cell;
    private boolean passOver;
    private boolean inQuotes;
    private boolean wasQuoted;
    /** The last byte was the escape (or a quote that may be one) inside quotes. */
    private boolean pending;

    private boolean begun;
    private boolean returned;

    CsvRows(CopyRowReceiver receiver, CsvFormat format, int rowBytesMax) {
        super(receiver, 0);
        this.format = format;
        this.nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
        this.cell = new CellBuffer(rowBytesMax);
        this.passOver = format.header();
    }

    @Override
    public void data(Bytes data) {
        for (int i = 0; i < data.length(); i++) {
            take(data.byteAt(i));
        }
    }

    private void take(byte value) {
        if (returned) {
            returned = false;
            if (value != '\n') {
                cell.add('\r', row());
            }
        }
        if (pending) {
            pending = false;
            if (value == format.quote() || value == format.escape()) {
                cell.add(value, row());
                return;
            }
            if (format.escape() == format.quote()) {
                // It was the closing quote.
                inQuotes = false;
            } else {
                cell.add(format.escape(), row());
            }
        }
        if (inQuotes) {
            quoted(value);
        } else {
            plain(value);
        }
    }

    private void quoted(byte value) {
        if (value == format.escape()) {
            pending = true;
        } else if (value == format.quote()) {
            inQuotes = false;
        } else {
            cell.add(value, row());
        }
    }

    private void plain(byte value) {
        if (value == format.quote()) {
            inQuotes = true;
            wasQuoted = true;
            begun = true;
        } else if (value == format.delimiter()) {
            cellEnds();
            begun = true;
        } else if (value == '\n') {
            lineEnds();
        } else if (value == '\r') {
            returned = true;
        } else {
            begun = true;
            cell.add(value, row());
        }
    }

    private void cellEnds() {
        byte[] value = cell.copy(0, cell.length());
        boolean isNull = !wasQuoted && Arrays.equals(value, nullText);
        if (!passOver) {
            cell(isNull ? null : value);
        }
        cell.clear();
        wasQuoted = false;
    }

    private void lineEnds() {
        cellEnds();
        begun = false;
        if (passOver) {
            passOver = false;
        } else {
            rowEnds();
        }
    }

    @Override
    public void completed() {
        if (inQuotes && !pending || begun) {
            throw malformed("the data ends in the middle of a line");
        }
    }
}
