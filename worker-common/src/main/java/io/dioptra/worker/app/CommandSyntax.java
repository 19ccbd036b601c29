package io.dioptra.worker.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What may stand on a command line, in the forms that people know: {@code --name value}, {@code
 * --name=value}, {@code -n value}, {@code -nvalue}, several short flags in one word, and {@code --}
 * before words that only look like options.
 *
 * <p>By hand, because a library for it took a third of the worker's start.
 *
 * @param usage its first lines, up to the options
 * @param words gets what is no option
 * @param footer the last lines of the usage
 */
record CommandSyntax(String usage, List<Option> options, Consumer<String> words, String footer) {
  private static final String LONG = "--";
  private static final int COLUMN = 28;
  private static final int WIDTH = 80;

  CommandSyntax {
    options = List.copyOf(options);
  }

  void read(List<String> arguments) throws UsageException {
    Deque<String> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      String word = left.pop();
      if (word.equals(LONG)) {
        left.forEach(words);
        return;
      }
      if (word.startsWith(LONG)) {
        readLong(word, left);
      } else if (word.startsWith("-") && word.length() > 1) {
        readShort(word, left);
      } else {
        words.accept(word);
      }
    }
  }

  private void readLong(String word, Deque<String> left) throws UsageException {
    String[] parts = word.split("=", 2);
    Option option = named(parts[0]);
    if (parts.length == 1 || option.isHidden()) {
      option.take(option.hasValue() ? value(option, left) : "");
    } else if (option.hasValue()) {
      option.take(parts[1]);
    } else {
      throw new UsageException("Option '" + parts[0] + "' takes no value");
    }
  }

  private void readShort(String word, Deque<String> left) throws UsageException {
    // rq has short names of two letters.
    Optional<Option> whole = find(word);
    if (whole.isPresent()) {
      whole.get().take(whole.get().hasValue() ? value(whole.get(), left) : "");
      return;
    }
    for (int i = 1; i < word.length(); i++) {
      Option option = named("-" + word.charAt(i));
      if (option.hasValue()) {
        option.take(i + 1 < word.length() ? word.substring(i + 1) : value(option, left));
        return;
      }
      option.take("");
    }
  }

  private static String value(Option option, Deque<String> left) throws UsageException {
    if (left.isEmpty()) {
      throw new UsageException(
          "Option '%s' needs a value: %s".formatted(option.names().getLast(), option.label()));
    }
    return left.pop();
  }

  private Option named(String name) throws UsageException {
    return find(name).orElseThrow(() -> new UsageException("Unknown option: '" + name + "'"));
  }

  private Optional<Option> find(String name) {
    return options.stream().filter(option -> option.names().contains(name)).findFirst();
  }

  /** What {@code --help} shows. */
  String help() {
    StringBuilder help = new StringBuilder(usage);
    for (Option option : options) {
      if (option.isHidden()) {
        continue;
      }
      // Options with a short name first, then the others below their long names.
      String form = (option.names().getFirst().startsWith(LONG) ? "      " : "  ") + option.form();
      help.append(form);
      if (form.length() < COLUMN - 1) {
        help.repeat(' ', COLUMN - form.length());
      } else {
        help.append('\n').repeat(' ', COLUMN);
      }
      append(option.help(), help);
    }
    return help.append(footer).toString();
  }

  /** Wraps a text at blanks. */
  private static void append(String text, StringBuilder help) {
    int column = COLUMN;
    for (String word : text.split(" ")) {
      if (column > COLUMN && column + 1 + word.length() > WIDTH) {
        help.append('\n').repeat(' ', COLUMN);
        column = COLUMN;
      } else if (column > COLUMN) {
        help.append(' ');
        column++;
      }
      help.append(word);
      column += word.length();
    }
    help.append('\n');
  }
}
