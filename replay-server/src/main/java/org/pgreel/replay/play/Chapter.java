package org.pgreel.replay.play;

import org.pgreel.replay.script.Script;

/**
 * What is played of a recording that has chapters, until the next one is opened.
 *
 * @param name the chapter's name
 * @param whole whether what was recorded in it and is not asked for speaks against the run
 * @param overlay its faults, and what must never come; nothing else
 */
public record Chapter(String name, boolean whole, Script overlay) {}
