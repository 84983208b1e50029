package standin

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Append writes the events of one call together.
func (s *Server) Append(call streams.Streams_AppendServer) error {
	if err := s.led(call.Context(), call.SetTrailer); err != nil {
		return err
	}
	first, err := call.Recv()
	if err != nil {
		return err
	}
	options := first.GetOptions()
	if options == nil {
		return status.Error(codes.InvalidArgument, "no options")
	}
	var events []Proposal
	for {
		m, err := call.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		e, err := proposal(m.GetProposedMessage())
		if err != nil {
			return err
		}
		events = append(events, e)
	}
	name := string(options.GetStreamIdentifier().GetStreamName())
	expected := int64(options.GetRevision())
	switch options.ExpectedStreamRevision.(type) {
	case *streams.AppendReq_Options_NoStream:
		expected = noStream
	case *streams.AppendReq_Options_Any:
		expected = anyRevision
	case *streams.AppendReq_Options_StreamExists:
		expected = streamExists
	}
	v := s.Log.append(name, expected, events)
	switch {
	case v.large:
		call.SetTrailer(metadata.Pairs("exception", "maximum-append-size-exceeded", "maximum-append-size", fmt.Sprint(s.Log.MaxAppend)))
		return status.Errorf(codes.InvalidArgument, "Maximum Append Size of %d Exceeded.", s.Log.MaxAppend)
	case v.deleted:
		return deleted(call.SetTrailer, name)
	case s.Lose != nil && s.Lose(name):
		return status.Error(codes.Unavailable, "connection lost")
	}
	return call.SendAndClose(answer(v, options))
}

func proposal(m *streams.AppendReq_ProposedMessage) (Proposal, error) {
	if m == nil {
		return Proposal{}, status.Error(codes.InvalidArgument, "no message")
	}
	id, err := uuidOf(m.GetId())
	if err != nil {
		return Proposal{}, status.Error(codes.InvalidArgument, err.Error())
	}
	return Proposal{
		ID: id, Type: m.Metadata["type"], JSON: m.Metadata["content-type"] == "application/json",
		Data: m.Data, Metadata: m.CustomMetadata,
	}, nil
}

func uuidOf(id *shared.UUID) (uuid.UUID, error) {
	if s := id.GetStructured(); s != nil {
		var out uuid.UUID
		for i := range 8 {
			out[i] = byte(uint64(s.MostSignificantBits) >> (56 - 8*i))
			out[8+i] = byte(uint64(s.LeastSignificantBits) >> (56 - 8*i))
		}
		return out, nil
	}
	return uuid.Parse(id.GetString_())
}

func answer(v verdict, asked *streams.AppendReq_Options) *streams.AppendResp {
	if v.written {
		return &streams.AppendResp{Result: &streams.AppendResp_Success_{Success: &streams.AppendResp_Success{
			CurrentRevisionOption: &streams.AppendResp_Success_CurrentRevision{CurrentRevision: uint64(v.current)},
			PositionOption: &streams.AppendResp_Success_Position{Position: &streams.AppendResp_Position{
				CommitPosition: v.commit, PreparePosition: v.prepare,
			}},
		}}}
	}
	wrong := &streams.AppendResp_WrongExpectedVersion{
		CurrentRevisionOption: &streams.AppendResp_WrongExpectedVersion_CurrentRevision{CurrentRevision: uint64(v.current)},
	}
	if v.current < 0 {
		wrong.CurrentRevisionOption = &streams.AppendResp_WrongExpectedVersion_CurrentNoStream{CurrentNoStream: &shared.Empty{}}
	}
	switch asked.ExpectedStreamRevision.(type) {
	case *streams.AppendReq_Options_NoStream:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedNoStream{ExpectedNoStream: &shared.Empty{}}
	case *streams.AppendReq_Options_StreamExists:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedStreamExists{ExpectedStreamExists: &shared.Empty{}}
	default:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedRevision{ExpectedRevision: asked.GetRevision()}
	}
	return &streams.AppendResp{Result: &streams.AppendResp_WrongExpectedVersion_{WrongExpectedVersion: wrong}}
}

// Delete cuts a stream off until somebody writes to it again.
func (s *Server) Delete(ctx context.Context, r *streams.DeleteReq) (*streams.DeleteResp, error) {
	o := r.GetOptions()
	expected := int64(o.GetRevision())
	switch o.GetExpectedStreamRevision().(type) {
	case *streams.DeleteReq_Options_Any:
		expected = anyRevision
	case *streams.DeleteReq_Options_StreamExists:
		expected = streamExists
	case *streams.DeleteReq_Options_NoStream:
		expected = noStream
	}
	v, err := s.cut(ctx, o.GetStreamIdentifier(), expected, false)
	if err != nil {
		return nil, err
	}
	return &streams.DeleteResp{PositionOption: &streams.DeleteResp_Position_{Position: &streams.DeleteResp_Position{
		CommitPosition: v.commit, PreparePosition: v.prepare,
	}}}, nil
}

// Tombstone buries a stream for ever.
func (s *Server) Tombstone(ctx context.Context, r *streams.TombstoneReq) (*streams.TombstoneResp, error) {
	o := r.GetOptions()
	expected := int64(o.GetRevision())
	switch o.GetExpectedStreamRevision().(type) {
	case *streams.TombstoneReq_Options_Any:
		expected = anyRevision
	case *streams.TombstoneReq_Options_StreamExists:
		expected = streamExists
	case *streams.TombstoneReq_Options_NoStream:
		expected = noStream
	}
	v, err := s.cut(ctx, o.GetStreamIdentifier(), expected, true)
	if err != nil {
		return nil, err
	}
	return &streams.TombstoneResp{PositionOption: &streams.TombstoneResp_Position_{Position: &streams.TombstoneResp_Position{
		CommitPosition: v.commit, PreparePosition: v.prepare,
	}}}, nil
}

func (s *Server) cut(ctx context.Context, id *shared.StreamIdentifier, expected int64, bury bool) (verdict, error) {
	trailer := func(md metadata.MD) { grpc.SetTrailer(ctx, md) } //nolint:errcheck // of a call under way
	if err := s.led(ctx, trailer); err != nil {
		return verdict{}, err
	}
	name := string(id.GetStreamName())
	v := s.Log.cut(name, expected, bury)
	switch {
	case v.deleted:
		return v, deleted(trailer, name)
	case v.wrong:
		trailer(metadata.Pairs("exception", "wrong-expected-version", "stream-name", name))
		return v, status.Errorf(codes.FailedPrecondition, "Append failed due to WrongExpectedVersion. Stream: %s, Actual version: %d", name, v.current)
	}
	return v, nil
}
