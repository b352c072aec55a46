package org.maskmine.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** The cells of this session, as {@code history_request} asks for them. */
final class History {
  private static final int SESSION = 1;

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(int number, String input, String output) {}

  synchronized void add(int number, String input, String output) {
    entries.add(new Entry(number, input, output));
  }

  synchronized JsonObject reply(HistoryRequest request) {
    var history = new JsonArray();
    select(request).forEach(entry -> history.add(json(entry, request.includeOutput())));
    var content = new JsonObject();
    content.add("history", history);
    return content;
  }

  private List<Entry> select(HistoryRequest request) {
    if (request instanceof HistoryRequest.Tail tail) {
      return last(entries, tail.getMaxReturnLength());
    }
    if (request instanceof HistoryRequest.Range range) {
      return range(range);
    }
    return request instanceof HistoryRequest.Search search ? search(search) : List.of();
  }

  private List<Entry> range(HistoryRequest.Range range) {
    int session = range.getSessionIndex();
    if (session != SESSION && session != 0) {
      return List.of();
    }
    Predicate<Entry> inside =
        entry ->
            entry.number() >= range.getStart()
                && (range.getStop() <= 0 || entry.number() < range.getStop());
    return entries.stream().filter(inside).toList();
  }

  private List<Entry> search(HistoryRequest.Search search) {
    String pattern = search.getPattern() == null ? "*" : search.getPattern();
    Pattern glob = glob(pattern);
    Stream<Entry> found = entries.stream().filter(entry -> glob.matcher(entry.input()).matches());
    List<Entry> matches = found.toList();
    if (search.filterUnique()) {
      Map<String, Entry> byInput = new LinkedHashMap<>();
      matches.forEach(entry -> byInput.put(entry.input(), entry));
      matches = List.copyOf(byInput.values());
    }
    return search.getMaxReturnLength() > 0 ? last(matches, search.getMaxReturnLength()) : matches;
  }

  private static Pattern glob(String pattern) {
    var regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static List<Entry> last(List<Entry> entries, int count) {
    return List.copyOf(entries.subList(Math.max(0, entries.size() - count), entries.size()));
  }

  private static JsonArray json(Entry entry, boolean withOutput) {
    var json = new JsonArray();
    json.add(SESSION);
    json.add(entry.number());
    if (withOutput) {
      var both = new JsonArray();
      both.add(entry.input());
      both.add(entry.output());
      json.add(both);
    } else {
      json.add(entry.input());
    }
    return json;
  }
}
