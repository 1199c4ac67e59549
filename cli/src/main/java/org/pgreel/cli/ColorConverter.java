package org.pgreel.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads whether to colour. */
final class ColorConverter implements ITypeConverter<Ansi> {

    @Override
    public Ansi convert(String word) {
        return switch (word) {
            case "auto" -> Ansi.AUTO;
            case "always" -> Ansi.ON;
            case "never" -> Ansi.OFF;
            default -> throw new TypeConversionException("'" + word + "' is not one of auto, always, never");
        };
    }
}
