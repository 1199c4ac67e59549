package org.pgreel.junit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.play.Chapter;
import org.pgreel.replay.script.Script;

/**
 * The part of a recording that belongs to a test, and what is laid over it.
 *
 * @param name the chapter's name
 * @param overlay faults and prohibitions, a line each; none for an honest test
 */
record TestChapter(String name, List<String> overlay) {
    /** What happens outside of test methods. */
    static final TestChapter STARTUP = new TestChapter("start-up", List.of());

    /** Copies the list. */
    TestChapter {
        overlay = List.copyOf(overlay);
    }

    /** Returns the chapter of a test. */
    static TestChapter of(ExtensionContext context) {
        return new TestChapter(name(context), overlay(context.getRequiredTestMethod()));
    }

    private static String name(ExtensionContext context) {
        Class<?> owner = context.getRequiredTestClass();
        String type = owner.getName().substring(owner.getName().lastIndexOf('.') + 1);
        return type + "." + context.getRequiredTestMethod().getName() + RunName.invocation(context);
    }

    private static List<String> overlay(Method method) {
        var lines = new ArrayList<String>();
        for (Fault fault : AnnotationSupport.findRepeatableAnnotations(method, Fault.class)) {
            lines.add("! " + fault.value());
        }
        for (Never never : AnnotationSupport.findRepeatableAnnotations(method, Never.class)) {
            String after = never.after().isEmpty() ? "" : "after " + never.after() + " ";
            lines.add("never " + after + "statement <regex " + quoted(never.statement()) + ">");
        }
        return lines;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** Tells whether a fault stands at the test, so that it does not go as it was recorded. */
    static boolean hasFaults(ExtensionContext context) {
        return context.getTestMethod()
                .map(method -> !AnnotationSupport.findRepeatableAnnotations(method, Fault.class)
                        .isEmpty())
                .orElse(false);
    }

    /**
     * Returns what is played.
     *
     * @throws ExtensionConfigurationException if a line is none of the notation
     */
    Chapter played() {
        try {
            boolean faults = overlay.stream().anyMatch(line -> line.startsWith("!"));
            boolean whole = !faults && !equals(STARTUP);
            return new Chapter(name, whole, Script.parse(String.join("\n", overlay) + "\n"));
        } catch (NotationException wrong) {
            throw new ExtensionConfigurationException("@Fault or @Never on " + name + ", " + wrong.getMessage(), wrong);
        }
    }
}
