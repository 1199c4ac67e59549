package org.pgreel.recorder.tape;

/** What is wrong with a tape, without where; whoever reads it knows the place and says both. Never leaves the package. */
final class TapeProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TapeProblem(String what) {
        super(what, null, false, false);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
