import { memo, useMemo } from "react";
import { blockIdOf } from "../model/state";
import type { Block, Element } from "../model/types";
import { ElementView } from "./ElementView";
import { InputBlock } from "./InputBlock";
import { listsApart } from "./richLists";
import { type Surface, SurfaceContext } from "./surface";
import { Drawn, PlainText, Text } from "./Text";

interface Props {
  blocks: Block[];
  surface: Surface;
  errors?: Record<string, string>;
}

/** The blocks of a message, modal or Home, ready to be used. */
export function Blocks({ blocks, surface, errors = {} }: Props) {
  return (
    <SurfaceContext value={surface}>
      <div className="blocks">
        {blocks.map((block, index) => {
          const blockId = blockIdOf(block, index);
          return (
            <div key={`${blockId}:${block.type}`} className={`block block-${block.type}`}>
              <BlockView block={block} blockId={blockId} error={errors[blockId]} />
            </div>
          );
        })}
      </div>
    </SurfaceContext>
  );
}

interface BlockProps {
  block: Block;
  blockId: string;
  error?: string | undefined;
}

function BlockView({ block, blockId, error }: BlockProps) {
  switch (block.type) {
    case "section":
      return <Section block={block} blockId={blockId} />;
    case "actions":
      return (
        <div className="actions">
          {block.elements?.map((element, index) => (
            <ElementView key={element.action_id ?? index} spot={{ block, blockId, element }} />
          ))}
        </div>
      );
    case "context":
      return (
        <div className="context">
          {block.elements?.map((element, index) => (
            <ContextElement key={index} element={element} />
          ))}
        </div>
      );
    case "header":
      return <h3 className="header">{block.text && <Text text={block.text} />}</h3>;
    case "input":
      return <InputBlock block={block} blockId={blockId} error={error} />;
    case "image":
      return <ImageBlock block={block} />;
    default:
      // Dividers, rich text, tables, videos …: nothing in them is pressed.
      return <Plain block={block} />;
  }
}

function Section({ block, blockId }: BlockProps) {
  return (
    <div className="section">
      <div className="section-text">
        {block.text && <Text text={block.text} />}
        {block.fields && (
          <div className="fields">
            {block.fields.map((field, index) => (
              <div key={index} className="field">
                <Text text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory && (
        <div className="accessory">
          <ElementView spot={{ block, blockId, element: block.accessory }} />
        </div>
      )}
    </div>
  );
}

const Plain = memo(function Plain({ block }: { block: Block }) {
  const blocks = useMemo(() => (block.type === "rich_text" ? listsApart(block) : [block]), [block]);
  return <Drawn blocks={blocks} />;
});

/** The library's own has a button without a name to fold the picture. */
function ImageBlock({ block }: { block: Block }) {
  const { id, url } = block.slack_file ?? {};
  return (
    <figure className="image">
      {block.title && (
        <figcaption>
          <PlainText text={block.title} />
        </figcaption>
      )}
      <img src={block.image_url ?? (id ? `page/files/${id}` : url)} alt={block.alt_text ?? ""} />
    </figure>
  );
}

function ContextElement({ element }: { element: Element }) {
  if (element.type === "image") {
    return <img className="context-image" src={element.image_url} alt={element.alt_text ?? ""} />;
  }
  return (
    <div className="context-text">
      <Text
        text={{
          type: element.type === "mrkdwn" ? "mrkdwn" : "plain_text",
          text: typeof element.text === "string" ? element.text : (element.text?.text ?? ""),
        }}
      />
    </div>
  );
}
