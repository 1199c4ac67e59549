package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.tap.CallbackKind;

/** What the client believes is what its journal says. */
final class FoldOfJournal implements Invariant {
    @Override
    public String name() {
        return "fold-of-journal";
    }

    @Override
    public String sentence() {
        return "What the application was told, the session's parameters and its transaction status are what the journal's"
                + " bytes say: all of it where the session was closed, and the beginning where it broke.";
    }

    @Override
    public Optional<String> broken(Subject subject, Trace trace) {
        JournalFold fold = subject.calmJournal().fold(trace.journal().entries());
        List<Trace.Entry.Callback> told = new ArrayList<>();
        for (Trace.Entry.Callback callback : trace.callbacks()) {
            if (JournalFold.derivable(callback.kind())) {
                told.add(callback);
            }
        }
        List<Trace.Entry.Callback> derived = fold.callbacks();
        if (told.size() > derived.size() || !derived.subList(0, told.size()).equals(told)) {
            return Optional.of("the application was told " + difference(told, derived));
        }
        boolean closed = trace.reason() instanceof ShutdownReason.SessionClosed;
        if (closed && told.size() < derived.size()) {
            return Optional.of("the application was not told " + derived.get(told.size()));
        }
        return state(trace, fold, told.size()).or(() -> journaled(trace));
    }

    private static String difference(List<Trace.Entry.Callback> told, List<Trace.Entry.Callback> derived) {
        int at = 0;
        while (at < derived.size() && at < told.size() && told.get(at).equals(derived.get(at))) {
            at++;
        }
        return told.get(at) + ", and its journal says "
                + (at < derived.size() ? derived.get(at).toString() : "nothing more at that place");
    }

    private static Optional<String> state(Trace trace, JournalFold fold, int told) {
        Map<String, String> parameters = fold.parameters(told);
        if (!parameters.equals(trace.session().parameters())) {
            return Optional.of("the session's parameters are " + trace.session().parameters()
                    + ", and its journal says " + parameters);
        }
        TransactionStatus status = fold.status(told);
        TransactionStatus believed = trace.session().transactionStatus().orElse(null);
        return status == believed
                ? Optional.empty()
                : Optional.of("the session's status is " + believed + ", and its journal says " + status);
    }

    private static Optional<String> journaled(Trace trace) {
        List<CallbackKind> journaled = trace.journal().callbacks();
        List<CallbackKind> told = new ArrayList<>();
        trace.callbacks().forEach(callback -> told.add(callback.kind()));
        return journaled.equals(told)
                ? Optional.empty()
                : Optional.of("the journal's callbacks are " + journaled + ", and the application's " + told);
    }
}
