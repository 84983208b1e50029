package standin

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Read answers a stream or the log of all, once or for ever.
func (s *Server) Read(r *streams.ReadReq, call streams.Streams_ReadServer) error {
	s.reads.Add(1)
	if err := s.led(call.Context(), call.SetTrailer); err != nil {
		return err
	}
	o := r.GetOptions()
	switch {
	case o.GetSubscription() != nil && o.GetAll() != nil:
		return s.subscribe(o, call)
	case o.GetAll() != nil:
		return s.readAll(o, call)
	case o.GetStream() != nil && o.GetSubscription() == nil:
		return s.readStream(o, call)
	}
	return status.Error(codes.Unimplemented, "no subscription to one stream here")
}

func (s *Server) readStream(o *streams.ReadReq_Options, call streams.Streams_ReadServer) error {
	name := string(o.GetStream().GetStreamIdentifier().GetStreamName())
	s.Log.mu.Lock()
	held := s.Log.streams[name]
	var entries []*Entry
	buried := false
	if held != nil {
		buried = held.buried
		entries = held.entries[held.first:len(held.entries):len(held.entries)]
	}
	s.Log.mu.Unlock()
	switch {
	case buried:
		return deleted(call.SetTrailer, name)
	case len(entries) == 0:
		return call.Send(&streams.ReadResp{Content: &streams.ReadResp_StreamNotFound_{StreamNotFound: &streams.ReadResp_StreamNotFound{
			StreamIdentifier: &shared.StreamIdentifier{StreamName: []byte(name)},
		}}})
	}
	first, last := entries[0].Revision, entries[len(entries)-1].Revision
	from := o.GetStream().GetRevision()
	switch o.GetStream().GetRevisionOption().(type) {
	case *streams.ReadReq_Options_StreamOptions_Start:
		from = first
	case *streams.ReadReq_Options_StreamOptions_End:
		from = last
	}
	if o.GetReadDirection() == streams.ReadReq_Options_Backwards {
		if from < first {
			return nil
		}
		return send(call, entries[:min(from, last)-first+1], o)
	}
	if from > last {
		return nil
	}
	return send(call, entries[max(from, first)-first:], o)
}

func (s *Server) readAll(o *streams.ReadReq_Options, call streams.Streams_ReadServer) error {
	entries := s.Log.Entries()
	backwards := o.GetReadDirection() == streams.ReadReq_Options_Backwards
	_, end := o.GetAll().GetAllOption().(*streams.ReadReq_Options_AllOptions_End)
	if p := o.GetAll().GetPosition(); p != nil {
		i, _ := slices.BinarySearchFunc(entries, p, func(e *Entry, p *streams.ReadReq_Options_Position) int {
			if e.before(p.CommitPosition, p.PreparePosition) {
				return -1
			}
			return 1
		})
		if backwards {
			entries = entries[:i]
		} else {
			entries = entries[i:]
		}
	} else if end != backwards {
		entries = nil
	}
	if f := o.GetFilter(); f != nil {
		pass, err := filter(f)
		if err != nil {
			return err
		}
		entries = slices.DeleteFunc(slices.Clone(entries), func(e *Entry) bool { return !pass(e) })
	}
	return send(call, entries, o)
}

// send hands entries out in the direction asked for, up to the count.
func send(call streams.Streams_ReadServer, entries []*Entry, o *streams.ReadReq_Options) error {
	backwards := o.GetReadDirection() == streams.ReadReq_Options_Backwards
	for i := range entries {
		if uint64(i) >= o.GetCount() {
			return nil
		}
		e := entries[i]
		if backwards {
			e = entries[len(entries)-1-i]
		}
		if err := call.Send(wire(e)); err != nil {
			return err
		}
	}
	return nil
}

func filter(f *streams.ReadReq_Options_FilterOptions) (func(*Entry) bool, error) {
	of := func(e *Entry) string { return e.Type }
	expression := f.GetEventType()
	if expression == nil {
		of = func(e *Entry) string { return e.Stream }
		expression = f.GetStreamIdentifier()
	}
	if expression.GetRegex() == "" {
		return func(e *Entry) bool {
			return slices.ContainsFunc(expression.GetPrefix(), func(p string) bool { return strings.HasPrefix(of(e), p) })
		}, nil
	}
	pattern, err := regexp.Compile(expression.GetRegex())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	return func(e *Entry) bool { return pattern.MatchString(of(e)) }, nil
}

// subscribe hands out what lies past a position and then everything that comes. With
// a filter it tells from time to time how far it has looked.
func (s *Server) subscribe(o *streams.ReadReq_Options, call streams.Streams_ReadServer) error {
	pass, every := func(*Entry) bool { return true }, 0
	if f := o.GetFilter(); f != nil {
		var err error
		if pass, err = filter(f); err != nil {
			return err
		}
		every = int(max(f.GetMax(), 1) * max(f.GetCheckpointIntervalMultiplier(), 1))
	}
	if err := call.Send(&streams.ReadResp{Content: &streams.ReadResp_Confirmation{
		Confirmation: &streams.ReadResp_SubscriptionConfirmation{SubscriptionId: uuid.NewString()},
	}}); err != nil {
		return err
	}
	last := position{}
	if p := o.GetAll().GetPosition(); p != nil {
		last = position{p.CommitPosition, p.PreparePosition}
	} else if _, end := o.GetAll().GetAllOption().(*streams.ReadReq_Options_AllOptions_End); end {
		if all := s.Log.Entries(); len(all) > 0 {
			last = position{all[len(all)-1].Commit, all[len(all)-1].Prepare}
		}
	}
	seen, caughtUp := 0, false
	for {
		batch, grown := s.Log.past(last)
		for _, e := range batch {
			last = position{e.Commit, e.Prepare}
			seen++
			if pass(e) {
				if err := call.Send(wire(e)); err != nil {
					return err
				}
			}
			if every > 0 && seen%every == 0 {
				if err := call.Send(&streams.ReadResp{Content: &streams.ReadResp_Checkpoint_{
					Checkpoint: &streams.ReadResp_Checkpoint{CommitPosition: e.Commit, PreparePosition: e.Prepare},
				}}); err != nil {
					return err
				}
			}
		}
		if len(batch) > 0 {
			continue
		}
		if !caughtUp {
			caughtUp = true
			if err := call.Send(&streams.ReadResp{Content: &streams.ReadResp_CaughtUp_{CaughtUp: &streams.ReadResp_CaughtUp{}}}); err != nil {
				return err
			}
		}
		select {
		case <-grown:
		case <-call.Context().Done():
			return call.Context().Err()
		}
	}
}

type position struct{ commit, prepare uint64 }

// past answers some entries after a position, and a channel that is closed when there
// are more.
func (l *Log) past(p position) ([]*Entry, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i, _ := slices.BinarySearchFunc(l.all, p, func(e *Entry, p position) int {
		if e.before(p.commit, p.prepare) || e.at(p.commit, p.prepare) {
			return -1
		}
		return 1
	})
	return slices.Clone(l.all[i:min(len(l.all), i+256)]), l.grown
}

func wire(e *Entry) *streams.ReadResp {
	kind := "application/octet-stream"
	if e.JSON {
		kind = "application/json"
	}
	var most, least uint64
	for i := range 8 {
		most, least = most<<8|uint64(e.ID[i]), least<<8|uint64(e.ID[8+i])
	}
	return &streams.ReadResp{Content: &streams.ReadResp_Event{Event: &streams.ReadResp_ReadEvent{
		Position: &streams.ReadResp_ReadEvent_CommitPosition{CommitPosition: e.Commit},
		Event: &streams.ReadResp_ReadEvent_RecordedEvent{
			Id: &shared.UUID{Value: &shared.UUID_Structured_{Structured: &shared.UUID_Structured{
				MostSignificantBits: int64(most), LeastSignificantBits: int64(least),
			}}},
			StreamIdentifier: &shared.StreamIdentifier{StreamName: []byte(e.Stream)},
			StreamRevision:   e.Revision, CommitPosition: e.Commit, PreparePosition: e.Prepare,
			Metadata: map[string]string{
				"type": e.Type, "content-type": kind, "created": strconv.FormatInt(e.Created.UnixNano()/100, 10),
			},
			CustomMetadata: e.Metadata, Data: e.Data,
		},
	}}}
}
