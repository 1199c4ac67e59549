package org.pgreel.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.CopyReceiver;
import org.pgreel.client.Inflow;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowView;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.wire.Bytes;

/** Writes down what a receiver is told, among all else that the application hears, and does something then. */
final class HeardRows implements RowReceiver, CopyReceiver {

    private final SessionRig rig;
    private final Consumer<String> reaction;

    @Nullable
    Inflow inflow;

    HeardRows(SessionRig rig) {
        this(rig, event -> {});
    }

    HeardRows(SessionRig rig, Consumer<String> reaction) {
        this.rig = rig;
        this.reaction = reaction;
    }

    Inflow inflow() {
        if (inflow == null) {
            throw new AssertionError("it has not begun");
        }
        return inflow;
    }

    private void hear(String event) {
        rig.heard.add(event);
        reaction.accept(event);
    }

    @Override
    public void begins(Inflow valve) {
        inflow = valve;
    }

    @Override
    public void columns(RowDescription columns) {
        hear("columns " + columns.columns().size());
    }

    @Override
    public void row(RowView row) {
        StringBuilder values = new StringBuilder("row");
        for (int i = 0; i < row.count(); i++) {
            values.append(' ').append(row.text(i));
        }
        hear(values.toString());
    }

    @Override
    public void suspended() {
        hear("suspended");
    }

    @Override
    public void completed(String commandTag) {
        hear("completed " + commandTag);
    }

    @Override
    public void begins(CopyOutResponse format, Inflow valve) {
        inflow = valve;
        hear("format " + format.format());
    }

    @Override
    public void data(Bytes data) {
        hear("data " + data.text());
    }

    @Override
    public void completed() {
        hear("complete");
    }
}
