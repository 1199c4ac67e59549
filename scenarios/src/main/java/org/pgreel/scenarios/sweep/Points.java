package org.pgreel.scenarios.sweep;

import java.util.Optional;
import org.pgreel.scenarios.sweep.Tamper.Kind;

/** Tells at which points an effect has no run of its own, and why. */
final class Points {
    private static final int HEADER = 5;

    private Points() {}

    /**
     * Returns why the fault is not run; empty if it is.
     *
     * @param prune whether points that are the same to a parser are left out
     */
    static Optional<String> pointless(Fault fault, boolean prune) {
        Kind kind = fault.tamper().kind();
        int length = fault.stream().bytes().length();
        if (!fault.boundary()) {
            if (kind.ofMessages()) {
                return Optional.of("the effect is of whole messages, and the point is a byte");
            }
            boolean same = prune && sameToParser(fault);
            return same ? Optional.of("pruned: the byte before it is the same point to the parser") : Optional.empty();
        }
        if (length == 0) {
            return Optional.of("nothing was sent in that direction");
        }
        int last = fault.stream().boundaries().size() - 1;
        if (!kind.ofMessages()) {
            boolean end = fault.at() == last && (kind == Kind.RESET || kind == Kind.EOF || kind == Kind.STALL);
            return end ? Optional.empty() : Optional.of("the boundary is the byte at which the message begins");
        }
        return switch (kind) {
            case OMIT, DUPLICATE -> fault.at() == last ? Optional.of("no message follows") : Optional.empty();
            case SWAP ->
                fault.at() >= last - 1
                        ? Optional.of("no message follows that it could change places with")
                        : Optional.empty();
            case INSERT -> fault.at() == last ? Optional.of("no message follows") : Optional.empty();
            default -> fault.at() == 0 ? Optional.of("no message stands before") : Optional.empty();
        };
    }

    /** A stream that breaks anywhere inside a message's body is the same to who waits for the whole message. */
    private static boolean sameToParser(Fault fault) {
        if (fault.tamper().kind() == Kind.CORRUPT) {
            return false;
        }
        int begin = fault.stream().boundaries().get(fault.stream().messageAt(fault.at()));
        return fault.at() > begin + HEADER + 1;
    }
}
