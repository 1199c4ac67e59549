package org.pgreel.scenarios.sweep;

import java.io.ByteArrayOutputStream;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.scenarios.simulation.Way;

/** Takes bytes out of a stream and puts others in, once each; all else passes in the pieces in which it came. */
final class Splice implements Way {
    private final Way on;
    private final int removeFrom;
    private final int removeTo;
    private final int insertAt;
    private final byte[] inserted;
    private final boolean behind;
    private int position;
    private boolean fired;

    private Splice(Way on, int removeFrom, int removeTo, int insertAt, byte[] inserted, boolean behind) {
        this.on = on;
        this.removeFrom = removeFrom;
        this.removeTo = removeTo;
        this.insertAt = insertAt;
        this.inserted = inserted;
        this.behind = behind;
    }

    /** Returns the splice that the fault is; its tamper is of messages, or corrupts. */
    static Splice of(Fault fault, Way on) {
        int at = fault.offset();
        return switch (fault.tamper().kind()) {
            case OMIT -> new Splice(on, at, at + fault.message().length(), -1, new byte[0], false);
            case DUPLICATE -> {
                byte[] message = fault.message().toArray();
                yield new Splice(on, 0, 0, at + message.length, message, true);
            }
            case SWAP -> {
                byte[] message = fault.message().toArray();
                yield new Splice(on, at, at + message.length, fault.nextEnd(), message, true);
            }
            case INSERT -> new Splice(on, 0, 0, at, fault.tamper().message().toArray(), false);
            case APPEND -> new Splice(on, 0, 0, at, fault.tamper().message().toArray(), true);
            case CORRUPT -> {
                Bytes whole = fault.stream().bytes();
                byte turned = (byte) (whole.byteAt(at) ^ fault.tamper().mask());
                yield new Splice(on, at, at + 1, at, new byte[] {turned}, false);
            }
            default -> throw new IllegalArgumentException(fault.tamper() + " is no splice");
        };
    }

    boolean fired() {
        return fired;
    }

    @Override
    public void bytes(byte[] bytes) {
        int from = position;
        int to = from + bytes.length;
        position = to;
        boolean inserts = behind ? insertAt > from && insertAt <= to : insertAt >= from && insertAt < to;
        boolean removes = removeFrom < to && removeTo > from && removeFrom < removeTo;
        if (!inserts && !removes) {
            on.bytes(bytes);
            return;
        }
        fired = true;
        var out = new ByteArrayOutputStream(bytes.length + inserted.length);
        int split = inserts ? insertAt : to;
        copy(bytes, from, split, from, out);
        if (inserts) {
            out.write(inserted, 0, inserted.length);
            copy(bytes, split, to, from, out);
        }
        if (out.size() > 0) {
            on.bytes(out.toByteArray());
        }
    }

    /** Copies what is not taken out. */
    private void copy(byte[] bytes, int from, int to, int base, ByteArrayOutputStream out) {
        int first = Math.max(from, Math.min(to, removeFrom));
        int second = Math.min(to, Math.max(from, removeTo));
        if (removeFrom >= removeTo || first >= second) {
            out.write(bytes, from - base, to - from);
            return;
        }
        out.write(bytes, from - base, first - from);
        out.write(bytes, second - base, to - second);
    }

    @Override
    public void end() {
        on.end();
    }

    @Override
    public void reset() {
        on.reset();
    }
}
