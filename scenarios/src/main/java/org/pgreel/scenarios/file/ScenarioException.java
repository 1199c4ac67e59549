package org.pgreel.scenarios.file;

/** A file that is no scenario: one sentence with file, line and column, and the nearest valid word if one is near. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;
    private final String problem;

    /**
     * @param file as the caller named it
     * @param line 1 is the file's first
     * @param column 1 is the line's first
     * @param problem what is wrong and what was expected, without the place
     */
    public ScenarioException(String file, int line, int column, String problem) {
        super(file + ":" + line + ":" + column + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /** Returns the file's name. */
    public String file() {
        return file;
    }

    /** Returns the line, 1 being the file's first. */
    public int line() {
        return line;
    }

    /** Returns the column, 1 being the line's first. */
    public int column() {
        return column;
    }

    /** Returns what is wrong, without the place. */
    public String problem() {
        return problem;
    }
}
